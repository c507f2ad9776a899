import { createOriginServer, makeFixtures, startPostgres } from '@linkcast/testing';
import { createProgress } from '../progress.ts';
import { createRandom } from '../random.ts';
import type { FailingCall } from './failing-call.ts';
import { callNumbers, parseCallsOptions } from './options.ts';
import { runScenario, type ScenarioResult } from './scenario.ts';

/** Makes the calls of yt-app's programs fail, one in each run, and checks that nothing is lost. Ends with 1 when something is. */
const options = parseCallsOptions(process.argv.slice(2), process.env);
const report = createProgress();
const random = createRandom(options.seed);
const origin = await createOriginServer({ root: await makeFixtures() });
const postgres = options.database === 'postgres' ? await startPostgres() : undefined;
let [runs, broken] = [0, 0];
try {
  report(`SEED=${options.seed} SAMPLE=${options.sample ?? 'all'} FROM=${options.from} DATABASE=${options.database}`);
  for (const program of ['api', 'worker'] as const) await failCallsOf(program);
} finally {
  await Promise.all([origin.close(), postgres?.close()]);
}
process.stdout.write(`${runs} runs with a call that failed, ${broken} with a broken promise\n`);
if (broken > 0) process.exitCode = 1;

async function failCallsOf(program: FailingCall['program']): Promise<void> {
  const { calls = 0 } = await run(program, Number.MAX_SAFE_INTEGER);
  report(`${program}: ${calls} calls in a run without a fault`);
  for (const number of callNumbers(calls, options, random)) {
    const { failed, end, violations, log } = await run(program, number);
    if (failed === undefined) {
      report(`${program} ${number}: no such call`);
      continue;
    }
    runs += 1;
    report(`${program} ${number}: ${failed} failed, ${end}`);
    if (violations.length === 0) continue;
    broken += 1;
    report(log);
    for (const { promise, detail } of violations) report(`${program} ${number}: ${promise}: ${detail}`);
  }
}

async function run(program: FailingCall['program'], number: number): Promise<ScenarioResult> {
  const databaseUrl = await postgres?.createDatabase();
  return runScenario({ origin, databaseUrl, failing: { program, number } });
}
