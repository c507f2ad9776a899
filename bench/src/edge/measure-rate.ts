import { minimalEnvironment, runProgram } from '@linkcast/kit';
import type { EdgeProcess } from './edge-process.ts';
import { segmentRange } from './media-file.ts';

const SECONDS = 4;
const CONNECTIONS = 16;

/** Segments a second that the edge serves to wrk, over connections that are kept. @throws when one was not served. */
export async function measureRate(edge: EdgeProcess, path: string, cookie: string): Promise<number> {
  const { outcome, stdout } = await runProgram({
    file: 'wrk',
    args: [
      ...['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`],
      ...['-H', `Range: ${segmentRange(3)}`, '-H', `Cookie: ${cookie}`],
      `http://127.0.0.1:${edge.port}${path}`,
    ],
    env: minimalEnvironment('/tmp'),
    wallSeconds: SECONDS + 20,
  });
  const rate = /^Requests\/sec:\s+([\d.]+)$/m.exec(stdout)?.[1];
  if (outcome.kind !== 'finished' || rate === undefined) throw new Error('wrk did not measure', { cause: outcome });
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`the edge refused segments:\n${stdout}`);
  return Number(rate);
}
