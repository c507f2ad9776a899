import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiUnavailable, isEnded, isProblem } from '@linkcast/contracts';
import { fixturePaths, startYtApp, type OriginServer, type YtAppProcess } from '@linkcast/testing';
import { gatherEvidence } from '../checks/evidence.ts';
import { checkItems } from '../checks/item-checks.ts';
import { checkJobs } from '../checks/job-checks.ts';
import { checkIdle } from '../checks/leftover-checks.ts';
import { untilAnswered } from '../clients/until-answered.ts';
import { createLedger, type Entry, type Ledger, type Violation } from '../ledger.ts';
import { FAILING_CALL, type FailingCall } from './failing-call.ts';

export interface ScenarioOptions {
  readonly origin: OriginServer;
  /** Of an empty PostgreSQL database; undefined: SQLite. */
  readonly databaseUrl: string | undefined;
  readonly failing: Pick<FailingCall, 'program' | 'number'>;
}

export interface ScenarioResult {
  /** The call that has failed; undefined: the programs made fewer calls. */
  readonly failed: string | undefined;
  /** Calls of the program in its last run, when it could say so. */
  readonly calls: number | undefined;
  /** `ready`, or the problem of the job. */
  readonly end: string;
  readonly violations: readonly Violation[];
  /** The output of the programs. */
  readonly log: string;
}

const LIMIT_SECONDS = 150;
const POLL_MS = 300;
const HOOK = path.join(import.meta.dirname, 'fail-calls.ts');

/**
 * Makes an item, restarts, and deletes the item, while one call of one program fails. The job has to end, everything has to agree after
 * the restart, and nothing may be left.
 */
export async function runScenario({ origin, databaseUrl, failing }: ScenarioOptions): Promise<ScenarioResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'linkcast-call-'));
  const call: FailingCall = {
    ...failing,
    failedFile: path.join(folder, 'failed'),
    countFile: path.join(folder, 'count'),
  };
  const ledger = createLedger();
  const entry = ledger.add({ url: `${origin.url}${fixturePaths.m4a}`, type: 'audio', source: 'healthy' });
  const settings = {
    ALLOW_PRIVATE_SOURCES: origin.hostPort,
    NODE_OPTIONS: `--import=${HOOK}`,
    [FAILING_CALL]: JSON.stringify(call),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  const service = await startYtApp(settings, { isBundled: true, isSupervised: true });
  try {
    const end = await makeItem(service, entry);
    await service.kill('SIGTERM');
    const calls = await readText(call.countFile);
    await service.start();
    await checkAfterRestart(service, ledger, end);
    return {
      failed: await readText(call.failedFile),
      calls: calls === undefined ? undefined : Number(calls),
      ...{ end, violations: ledger.violations, log: service.log() },
    };
  } finally {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Sends the link, and waits for the end of its job as its sender does. @returns `ready`, or the problem. */
async function makeItem(service: YtAppProcess, entry: Entry): Promise<string> {
  const limit = AbortSignal.timeout(LIMIT_SECONDS * 1000);
  const { api } = service;
  const idempotencyKey = randomUUID();
  const { url, type } = entry;
  const { id } = (await supervised(service, () => api.createJob({ url, type }, { idempotencyKey }), limit)) ?? {
    id: '',
  };
  entry.jobIds.add(id);
  while (!limit.aborted) {
    const job = await supervised(service, () => api.getJob(id), limit);
    if (job && isEnded(job.state)) return job.problem?.code ?? job.state;
    if (job?.state === 'queued' && job.problem) await api.retryJob(id).catch(() => undefined); // it waits for a better time
    await delay(POLL_MS);
  }
  return 'no end';
}

/** Makes a call until it is answered; programs that have ended are started again, as the supervisor does. */
function supervised<Answer>(
  service: YtAppProcess,
  call: () => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  return untilAnswered(async () => {
    await service.start();
    return call().catch(asUnavailable);
  }, signal);
}

async function checkAfterRestart(service: YtAppProcess, ledger: Ledger, end: string): Promise<void> {
  if (end === 'no end') ledger.violate('an accepted job ends', service.dataDir);
  const { api, mediaDir } = service;
  const evidence = await gatherEvidence({ api });
  checkJobs(ledger, evidence);
  await checkItems({ mediaDirectory: mediaDir }, ledger, evidence);
  const idle = { mediaDirectory: mediaDir, processes: () => Promise.resolve([]) };
  await checkIdle({ ...idle, disk: { bytes: 1, usedBytes: () => Promise.resolve(0) } }, ledger);
  for (const { id } of evidence.media) await api.deleteMedia(id);
  await api.emptyTrash();
  const after = await gatherEvidence({ api });
  if (after.media.length + after.trash.length > 0) ledger.violate('deleted items are not listed', service.dataDir);
}

/** The call that fails may be one of the answer itself; a disk that was full is checked again within seconds. */
function asUnavailable(error: unknown): never {
  if (isProblem(error) && ['internal', 'storage-full'].includes(error.code))
    throw new ApiUnavailable('an answer has failed', { cause: error });
  throw error;
}

/** Undefined when there is no such file. */
function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
