import { until } from '@linkcast/testing';
import { parseLogLine, type LogLine } from './log-line.ts';
import type { Stack } from './stack.ts';

/** The events of a video that was sent in chat, each with the part that logs it, in their order. */
const EVENTS = [
  'bot: link received',
  'yt-app: job queued',
  'yt-app: job claimed',
  'worker: attempt started',
  'yt-app: job resolved',
  'yt-app: job downloading',
  'worker: download planned',
  'yt-app: job playable',
  'yt-app: job verifying',
  'worker: item verified',
  'yt-app: job ready',
  'bot: request ended',
  'bot: request delivered',
];
/** It is logged when yt-app has answered: a worker may have the job by then. */
const SUBMITTED = 'bot: request submitted';
const WITH_ITEM = [
  'yt-app: job claimed',
  'worker: attempt started',
  'worker: download planned',
  'yt-app: job playable',
  'worker: item verified',
  'yt-app: job ready',
  'bot: request delivered',
];
const WITH_MESSAGE = ['bot: link received', SUBMITTED];
const LIMIT_SECONDS = 20;
const HALF_DAY_SECONDS = 43_200;

/** A job, its item, and the message in chat that asked for it. */
export interface FollowedJob {
  readonly jobId: string;
  readonly mediaId: string;
  readonly messageId: number;
}

/**
 * Follows a job by its id through the log of all parts: from the message in chat to the file, and back.
 *
 * @throws when an event is missing, occurs twice or too early, or does not have the ids of the job.
 */
export async function followJob(stack: Pick<Stack, 'log'>, job: FollowedJob): Promise<void> {
  const lines = await until(async () => {
    const found = linesOf(await stack.log(), job.jobId);
    return found.some((line) => eventOf(line) === EVENTS.at(-1)) ? found : undefined;
  }, LIMIT_SECONDS);
  const ordered = EVENTS.map((event) => theOnly(event, lines));
  const submitted = theOnly(SUBMITTED, lines);
  for (const [index, line] of ordered.entries()) requireOrder(ordered[index - 1], line, lines);
  requireOrder(ordered[0], submitted, lines);
  requireOrder(submitted, ordered.at(-1), lines);
  requireFact('mediaId', job.mediaId, { of: WITH_ITEM, lines });
  requireFact('messageId', job.messageId, { of: WITH_MESSAGE, lines });
}

/** The lines that have the id of a job, or that of the request that has led to it. */
function linesOf(log: string, jobId: string): LogLine[] {
  const lines = log.split('\n').flatMap((text) => parseLogLine(text) ?? []);
  const requestId = lines.find((line) => line.facts['jobId'] === jobId && 'requestId' in line.facts)?.facts[
    'requestId'
  ];
  return lines.filter(
    ({ facts }) => facts['jobId'] === jobId || (requestId !== undefined && facts['requestId'] === requestId),
  );
}

function eventOf({ part, message }: LogLine): string {
  return `${part}: ${message}`;
}

function theOnly(event: string, lines: readonly LogLine[]): LogLine {
  const found = lines.filter((line) => eventOf(line) === event);
  const [line] = found;
  if (line && found.length === 1) return line;
  throw new Error(`${found.length} times "${event}" in the trail: ${lines.map(eventOf).join(', ')}`);
}

/** The lines of one part have an order; those of two parts have times. */
function requireOrder(before: LogLine | undefined, after: LogLine | undefined, lines: readonly LogLine[]): void {
  if (!before || !after) return;
  const seconds = (after.second - before.second + 86_400) % 86_400; // midnight may be between them
  const isOrdered =
    before.part === after.part ? lines.indexOf(before) < lines.indexOf(after) : seconds < HALF_DAY_SECONDS;
  if (!isOrdered) throw new Error(`"${eventOf(after)}" comes before "${eventOf(before)}"`);
}

function requireFact(
  name: string,
  value: string | number,
  { of, lines }: { readonly of: readonly string[]; readonly lines: readonly LogLine[] },
): void {
  for (const event of of) {
    const found = theOnly(event, lines).facts[name];
    if (found !== value) throw new Error(`"${event}" has the ${name} ${String(found)}, not ${value}`);
  }
}
