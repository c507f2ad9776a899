import { parseEvent } from '@linkcast/contracts';
import { startPostgres, startYtApp, until, type YtAppProcess } from '@linkcast/testing';
import { afterEach, describe, expect, test } from 'vitest';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const submit = (service: YtAppProcess, name: number | string) =>
  service.api.createJob({ url: `https://example.com/${name}`, type: 'video' });

interface Received {
  readonly id: string;
  readonly jobId: string;
}

/** Reads the events of jobs after an id until so many have come. */
async function readEvents({ url, token }: YtAppProcess, count: number, lastEventId?: string) {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  };
  const response = await fetch(`${url}/api/events`, { headers, signal: AbortSignal.timeout(30_000) });
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const jobs = parseJobs(text);
    const cursor = /^id: (\d+)\n/m.exec(text)?.[1];
    if (cursor !== undefined && jobs.length >= count) return { jobs, cursor };
  }
  throw new Error('the stream ended');
}

function parseJobs(text: string): Received[] {
  const blocks = text.split('\n\n').slice(0, -1);
  return blocks.flatMap((block): Received[] => {
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
    const event = parseEvent(field('event'), field('data'));
    return event?.name === 'job' ? [{ id: field('id'), jobId: event.data.id }] : [];
  });
}

describe.each(['SQLite', 'PostgreSQL'])('with %s', (kind) => {
  test(
    'kill -9 of the API among many new jobs: a client that resumes receives the event of each stored job once, in order',
    { timeout: 120_000 },
    async () => {
      const server = kind === 'PostgreSQL' ? await startPostgres() : undefined;
      if (server) closing.push(() => server.close());
      const settings = server ? { DATABASE_URL: await server.createDatabase() } : {};
      const service = await startYtApp(settings, { hasWorker: false });
      closing.push(() => service.close());
      await submit(service, 'first');
      const { cursor } = await readEvents(service, 0);
      expect(cursor).toBe('1');

      const accepted: string[] = [];
      const submitting = Array.from({ length: 60 }, async (_, index) => {
        await submit(service, index).then(
          ({ id }) => accepted.push(id),
          () => undefined, // the API was killed
        );
      });
      await until(() => accepted.length > 10);
      await service.main.kill('SIGKILL');
      await Promise.all(submitting);
      await service.start();

      const stored = (await service.api.listJobs({ limit: 100 })).jobs.map(({ id }) => id).slice(0, -1); // without the first
      expect(accepted.filter((id) => !stored.includes(id))).toEqual([]);
      const { jobs } = await readEvents(service, stored.length, cursor);
      expect(jobs.map(({ jobId }) => jobId).toSorted()).toEqual(stored.toSorted());
      const numbers = jobs.map(({ id }) => Number(id));
      expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
      const rest = jobs.slice(5);
      expect((await readEvents(service, rest.length, jobs[4]?.id)).jobs).toEqual(rest);
    },
  );
});
