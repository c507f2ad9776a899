import {
  createApiClient,
  type ApiClient,
  type DecodeWork,
  type DeliveryWork,
  type Work,
  type WorkClaim,
} from '@linkcast/contracts';
import { readEgressTicket } from '@linkcast/kit';
import { startYtApp, testKeys, type YtAppProcess } from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const never = new AbortController().signal;
const self = { worker: 'by-hand', instance: 'one', downloader: '2026.10.26' } as const;

let ytApp: YtAppProcess;
let worker: ApiClient;

beforeAll(async () => {
  ytApp = await startYtApp({}, { hasWorker: false });
  worker = createApiClient({ baseUrl: ytApp.url, token: testKeys.worker });
});
afterAll(() => ytApp.close());

type SourceWork = Exclude<Work, DecodeWork | DeliveryWork>;

/** Claims work on a source. */
async function claimOf(claim: WorkClaim): Promise<SourceWork | null> {
  const { work } = await worker.claimWork(claim, never);
  return work?.kind === 'decode' || work?.kind === 'delivery' ? null : work;
}

/** Seconds that the ticket of a piece of work is still good for. */
function ticketSeconds(work: SourceWork | null): number {
  const { username, password } = new URL(work?.proxyUrl ?? '');
  const ticket = readEgressTicket(ytApp.egress.key, username, password, Date.now());
  return ((ticket?.expiresAt ?? 0) - Date.now()) / 1000;
}

test('a worker without a downloader: gets no job, and its claim returns early', async () => {
  const job = await ytApp.api.createJob({ url: 'https://media.example/none', type: 'video' });
  const startedAt = performance.now();
  expect(await worker.claimWork({ ...self, kind: 'job', downloader: null }, never)).toEqual({ work: null });
  expect(performance.now() - startedAt).toBeLessThan(10_000); // a claim with a downloader waits 20 s
  expect((await ytApp.api.getJob(job.id)).state).toBe('queued');
  await ytApp.api.cancelJob(job.id);
});

test('tickets: that of a probe is valid for minutes, that of a job for longer than a day', async () => {
  const given = claimOf({ ...self, kind: 'probe' });
  const probe = fetch(`${ytApp.url}/api/probe?url=https://media.example/probe`, {
    headers: { authorization: `Bearer ${ytApp.token}` },
  });
  const work = await given;
  expect(ticketSeconds(work)).toBeGreaterThan(60);
  expect(ticketSeconds(work)).toBeLessThan(180);
  await worker.reportWork(
    work?.id ?? '',
    { fence: 1, report: { type: 'failed', problem: { code: 'internal' } } },
    never,
  );
  expect((await probe).status).toBe(500);

  await ytApp.api.createJob({ url: 'https://media.example/job', type: 'video' });
  const claimed = await claimOf({ ...self, kind: 'job' });
  expect(ticketSeconds(claimed)).toBeGreaterThan(24 * 3600);
});

test('a host with its two running jobs: workers get jobs of others, and the next one of it as soon as one ends', async () => {
  const links = [
    'https://busy.example/1',
    'https://busy.example/2',
    'https://busy.example/3',
    'https://idle.example/4',
  ];
  for (const url of links) await ytApp.api.createJob({ url, type: 'video' });
  const claim = () => claimOf({ ...self, worker: 'busy', kind: 'job' });
  const first = await claim();
  const claimed = [first, await claim(), await claim()].map((work) => work?.url);
  expect(claimed).toEqual([links[0], links[1], links[3]]);
  const next = claim();
  await ytApp.api.listJobs(); // the claim waits by then
  const endedAt = performance.now();
  const { id = '', fence = 0 } = first ?? {};
  await worker.reportWork(id, { fence, report: { type: 'failed', problem: { code: 'internal' } } }, never);
  expect((await next)?.url).toBe(links[2]);
  expect(performance.now() - endedAt).toBeLessThan(2000); // it was woken: by itself it tries again after 5 s
});

test('a probe of a host with a profile: has its ways, each with a ticket of its own', async () => {
  await ytApp.api.replaceProfiles({
    text: `profiles:\n  - hosts: [ways.example]\n    ways: [{ name: direct }, { name: home, proxy: 'http://proxy.example:8080' }]\n`,
  });
  const given = claimOf({ ...self, kind: 'probe' });
  const probe = ytApp.api.probe('https://ways.example/probe').catch(() => undefined);
  const work = await given;
  if (work?.kind !== 'probe') throw new Error('no probe was claimed');
  expect(work.ways.map(({ name }) => name)).toEqual(['direct', 'home']);
  expect(new Set(work.ways.map(({ proxyUrl }) => proxyUrl)).size).toBe(2);
  const report = { type: 'failed', problem: { code: 'internal' } } as const;
  await worker.reportWork(work.id, { fence: 1, report }, never);
  await probe;
  await ytApp.api.replaceProfiles({ text: '' });
});
