import { readdir } from 'node:fs/promises';
import path from 'node:path';
import {
  createApiClient,
  isProblem,
  type ApiClient,
  type ItemFacts,
  type JobWork,
  type WorkReport,
} from '@linkcast/contracts';
import { startYtApp, testKeys, until, type YtAppProcess } from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const never = new AbortController().signal;
const claim = { worker: 'liar', instance: 'one', kind: 'job', downloader: '2026.10.26' } as const;
const facts = { title: 'A title', uploader: null, extractor: 'Generic', sourceId: null, durationSeconds: 10 };
const rendition = {
  name: 'video',
  kind: 'video',
  height: 360,
  codecs: 'avc1.64001e',
  bytes: 10,
  handling: 'copied',
} as const;
const itemFacts: ItemFacts = {
  ...facts,
  renditions: [rendition],
  handling: 'copied',
  bytes: 10,
  hasPoster: false,
  hasFile: false,
  damage: null,
  recording: null,
  marks: [],
  files: [],
};

let ytApp: YtAppProcess;
let worker: ApiClient;
let count = 0;
let work: JobWork;

beforeAll(async () => {
  ytApp = await startYtApp({}, { hasWorker: false });
  worker = createApiClient({ baseUrl: ytApp.url, token: testKeys.worker });
});
afterAll(() => ytApp.close());

/** A job of which this test is the worker. */
beforeEach(async () => {
  count += 1;
  await ytApp.api.createJob({ url: `https://media.example/${count}`, type: 'video' });
  const claimed = (await worker.claimWork(claim, never)).work;
  if (claimed?.kind !== 'job') throw new Error('no job was given');
  work = claimed;
});

/** Nothing is left for the next test. */
afterEach(async () => {
  const { jobs } = await ytApp.api.listJobs({ limit: 100 });
  for (const { id, state } of jobs) {
    if (state === 'queued') await ytApp.api.cancelJob(id);
    else await report({ type: 'failed', problem: { code: 'internal' } }, { ...work, id }).catch(() => undefined); // it had ended
  }
});

const report = (given: WorkReport, { id, fence } = work) => worker.reportWork(id, { fence, report: given }, never);
const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'accepted',
    (error: unknown) => (isProblem(error) ? error.code : String(error)),
  );
const job = () => ytApp.api.getJob(work.id);

/** Claims the job again, as a restarted worker: its fence is one higher. */
async function claimAgain(): Promise<void> {
  const again = (await worker.claimWork({ ...claim, instance: `again-${count}` }, never)).work;
  if (again?.kind !== 'job' || again.id !== work.id) throw new Error('the job was not given again');
  work = again;
}

/** Sends a body as it is, past the types. */
async function statusOf(body: string, id = work.id): Promise<number> {
  const response = await fetch(`${ytApp.url}/internal/work/${id}/reports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${testKeys.worker}`, 'content-type': 'application/json' },
    body,
  });
  return response.status;
}

describe('a report', () => {
  test.each([
    ['of an earlier claim', -1],
    ['of no claim so far', 1],
  ])('with the fence %s: answers lease-lost, and changes nothing', async (_name, off) => {
    await claimAgain();
    const other = { ...work, fence: work.fence + off };
    expect(await codeOf(report({ type: 'entered', state: 'downloading' }, other))).toBe('lease-lost');
    expect((await job()).state).toBe('resolving');
    expect(await codeOf(report({ type: 'entered', state: 'downloading' }))).toBe('accepted');
  });

  test('with the fence 0, which no claim has: answers 422, and changes nothing', async () => {
    const body = { fence: 0, report: { type: 'entered', state: 'downloading' } };
    expect(await statusOf(JSON.stringify(body))).toBe(422);
    expect((await job()).state).toBe('resolving');
  });

  test('for an unclaimed or unknown job: answers lease-lost', async () => {
    const waiting = await ytApp.api.createJob({ url: 'https://media.example/waiting', type: 'video' });
    expect(await codeOf(report({ type: 'playable', facts: itemFacts }, { ...work, id: waiting.id }))).toBe(
      'lease-lost',
    );
    expect(await codeOf(report({ type: 'failed', problem: { code: 'internal' } }, { ...work, id: 'nothing' }))).toBe(
      'lease-lost',
    );
    expect((await ytApp.api.getJob(waiting.id)).state).toBe('queued');
    await ytApp.api.cancelJob(waiting.id);
  });

  test('of readiness before the verification: is refused, and the job continues', async () => {
    await report({ type: 'entered', state: 'downloading' });
    expect(await codeOf(report({ type: 'ready', facts: itemFacts }))).toBe('lease-lost');
    expect((await job()).state).toBe('downloading');
  });

  test('of an earlier state: is refused, and the state stays', async () => {
    await report({ type: 'entered', state: 'verifying' }).catch(() => undefined);
    await report({ type: 'entered', state: 'downloading' });
    await report({ type: 'entered', state: 'verifying' });
    expect(await codeOf(report({ type: 'entered', state: 'converting' }))).toBe('lease-lost');
    expect((await job()).state).toBe('verifying');
  });

  test('of readiness without files: answers verification-failed, and the library stays empty', async () => {
    await report({ type: 'entered', state: 'downloading' });
    await report({ type: 'entered', state: 'verifying' });
    expect(await codeOf(report({ type: 'ready', facts: itemFacts }))).toBe('verification-failed');
    expect((await ytApp.api.listMedia()).media).toEqual([]);
    expect(await codeOf(report({ type: 'failed', problem: { code: 'verification-failed' } }))).toBe('accepted');
  });

  test('of a probe for a job: is refused', async () => {
    const probe = { title: 'x', uploader: null, durationSeconds: null, thumbnail: null, heights: [], playlist: null };
    expect(await codeOf(report({ type: 'probed', probe }))).toBe('lease-lost');
  });

  /** All files of the installation. The trash of the jobs before is emptied meanwhile. */
  const files = async (): Promise<string[]> => {
    const dataDir = path.dirname(ytApp.mediaDir);
    const names = await until(() => readdir(dataDir, { recursive: true }));
    return names.filter((name) => !name.includes('.trash'));
  };

  test.each(['../../secrets', '/etc/passwd', 'v1080/../../x', 'V1080', '', 'a'.repeat(21)])(
    'with a rendition named %j: answers 422, and writes no file',
    async (name) => {
      const before = await files();
      const lie = { type: 'playable', facts: { ...itemFacts, renditions: [{ ...rendition, name }] } };
      expect(await statusOf(JSON.stringify({ fence: work.fence, report: lie }))).toBe(422);
      expect(await files()).toEqual(before);
    },
  );

  test.each([
    ['an unknown state', { type: 'entered', state: 'ready' }],
    ['an unknown type', { type: 'deleted' }],
    ['a field more', { type: 'stopped', mediaId: 'abcdefghijklmnopqrst' }],
    ['an unknown problem', { type: 'failed', problem: { code: 'nonsense' } }],
    ['a sentence of its own', { type: 'failed', problem: { code: 'internal', error: 'Send money' } }],
  ])('with %s: answers 422', async (_name, lie) => {
    expect(await statusOf(JSON.stringify({ fence: work.fence, report: lie }))).toBe(422);
    expect((await job()).state).toBe('resolving');
  });

  test('of 10 MB of JSON: answers 413', async () => {
    const title = 'x'.repeat(10e6);
    expect(
      await statusOf(JSON.stringify({ fence: work.fence, report: { type: 'resolved', facts: { ...facts, title } } })),
    ).toBe(413);
  });
});

test('the last report of a job, sent again: is accepted again', async () => {
  const failed: WorkReport = { type: 'failed', problem: { code: 'source-private' } };
  expect(await codeOf(report(failed))).toBe('accepted');
  expect(await codeOf(report(failed))).toBe('accepted');
  expect(await codeOf(report({ type: 'failed', problem: { code: 'internal' } }, { ...work, fence: 2 }))).toBe(
    'lease-lost',
  );
  expect((await job()).problem?.code).toBe('source-private');
});

test('a restarted worker: its earlier lease ends at once, and its job is claimed again', async () => {
  const again = (await worker.claimWork({ ...claim, instance: `two-${count}` }, never)).work;
  expect(again).toMatchObject({ id: work.id, fence: work.fence + 1 });
  expect(again?.kind === 'job' && again.mediaId !== work.mediaId).toBe(true);
  expect(await codeOf(report({ type: 'entered', state: 'downloading' }))).toBe('lease-lost');
  expect(await codeOf(worker.renewLease(work.id, work.fence, never))).toBe('lease-lost');
});

test('a cancelled job: the renewal answers at once that it is unwanted; cancelling waits for the worker', async () => {
  const renewal = worker.renewLease(work.id, work.fence, never);
  const cancelling = ytApp.api.cancelJob(work.id);
  expect(await renewal).toEqual({ isWanted: false });
  expect((await job()).state).toBe('resolving');
  await report({ type: 'stopped' });
  expect((await cancelling).state).toBe('cancelled');
});

test('a worker that stops: its job is queued again, without counting the attempt', async () => {
  await report({ type: 'stopped' });
  expect(await job()).toMatchObject({ state: 'queued', attempt: 0 });
  await ytApp.api.cancelJob(work.id);
});
