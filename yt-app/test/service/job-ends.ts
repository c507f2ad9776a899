import { setTimeout as delay } from 'node:timers/promises';
import { isEnded, parseEvent, type JobState } from '@linkcast/contracts';
import { until, type YtAppProcess } from '@linkcast/testing';

/** The ends of jobs, as the API publishes them. */
export interface JobEnds {
  /** Waits for the first end of a job. @returns its final states, in the order of their events. */
  of(jobId: string): Promise<JobState[]>;
  close(): Promise<void>;
}

const RECONNECT_MS = 50;
/** An event arrives after the answer that shows the same state. */
const ARRIVAL_SECONDS = 10;

/** Follows the events of the API, and connects again after each of its restarts. */
export function followJobEnds({ url, token }: Pick<YtAppProcess, 'url' | 'token'>): JobEnds {
  const ends: { id: string; state: JobState }[] = [];
  const closing = new AbortController();
  const isOpen = (): boolean => !closing.signal.aborted;

  const endsOf = (jobId: string): JobState[] | false => {
    const found = ends.filter(({ id }) => id === jobId).map(({ state }) => state);
    return found.length > 0 && found;
  };
  const take = (block: string): void => {
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
    const event = parseEvent(field('event'), field('data'));
    if (event?.name === 'job' && isEnded(event.data.state)) ends.push({ id: event.data.id, state: event.data.state });
  };
  const readStream = async (): Promise<void> => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/api/events`, { headers, signal: closing.signal });
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) take(block);
    }
  };
  const following = (async () => {
    while (isOpen()) {
      await readStream().catch(() => undefined); // the API was killed, or does not run yet
      if (isOpen()) await delay(RECONNECT_MS);
    }
  })();

  return {
    of: (jobId) => until(() => endsOf(jobId), ARRIVAL_SECONDS),
    close() {
      closing.abort();
      return following;
    },
  };
}
