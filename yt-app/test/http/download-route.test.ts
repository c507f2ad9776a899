import { Problem } from '@linkcast/contracts';
import { problemWords } from '@linkcast/texts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { downloadName } from '../../src/http/endpoints/download-name.ts';
import { eventually } from '../fixtures/eventually.ts';
import { API_TOKEN, ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';

let api: ApiFixture;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.stop());

const url = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
const finishedAt = '2026-03-04T05:06:07.890Z';
const download = (body: object) => ask(api).post('/api/download').send(body);

/** The six tests of the ancestor's API, by the names they had there. */
describe("the ancestor's tests", () => {
  test('a missing url: answers 400 with the exact sentence of the ancestor', async () => {
    const answer = await download({ type: 'video' });
    expect([answer.status, answer.body]).toEqual([400, { error: "Missing 'url' parameter" }]);
  });

  test('an invalid url: answers 500 with the failed extraction', async () => {
    const answer = await download({ url: 'invalid_url', type: 'video' });
    expect(answer.status).toBe(500);
    expect(answer.body).toEqual({ error: expect.stringMatching(/^Error extracting info: \S/) as string });
  });

  test('a finished video: answers 200 with a file name of slug and timestamp', async () => {
    api.jobs.onSubmit = { state: 'ready', title: 'Test Video!', finishedAt };
    const answer = await download({ url, type: 'video' });
    expect([answer.status, answer.body]).toEqual([
      200,
      { filename: 'test-video-2026-03-04_05-06-07.mp4', title: 'Test Video!', type: 'video' },
    ]);
  });

  test('a finished audio: answers with a file name that ends in .mp3', async () => {
    api.jobs.onSubmit = { state: 'ready', title: 'Test Audio', finishedAt };
    const answer = await download({ url, type: 'audio' });
    expect(api.jobs.submitted).toMatchObject([{ request: { url, type: 'audio' } }]);
    expect(answer.body).toEqual({ filename: 'test-audio-2026-03-04_05-06-07.mp3', title: 'Test Audio', type: 'audio' });
  });

  test('a failed download: answers 500 with the sentence of its problem', async () => {
    const problem = new Problem('source-stalled').toDocument(problemWords({ code: 'source-stalled' }));
    api.jobs.onSubmit = { state: 'failed', title: 'Known', problem };
    const answer = await download({ url, type: 'video' });
    expect([answer.status, answer.body]).toEqual([500, { error: problem.error }]);
  });

  test('the file name: consists of the slug of the title and the time', () => {
    expect(downloadName('  Ünïcode & "quotes" / 100%: Привет  ', 'video', new Date(finishedAt))).toBe(
      'unicode-quotes-100-привет-2026-03-04_05-06-07.mp4',
    );
    expect(downloadName('???', 'audio', new Date(finishedAt))).toBe('audio-2026-03-04_05-06-07.mp3');
    expect(downloadName('x'.repeat(500), 'audio', new Date(finishedAt))).toHaveLength(100 + 24);
  });
});

test.each([{}, { url: '' }, { url: null }, { url: 5 }, undefined])(
  'a body of %j without a url: answers 400',
  async (body) => {
    const answer = await ask(api).post('/api/download').send(body);
    expect([answer.status, answer.body]).toEqual([400, { error: "Missing 'url' parameter" }]);
  },
);

test.each([undefined, 'movie', 5])('the type %j: is treated as audio, as the ancestor did', async (type) => {
  api.jobs.onSubmit = { state: 'ready', title: 'x', finishedAt };
  const answer = await download({ url, type, more: 1 });
  expect(answer.body).toMatchObject({ type: 'audio' });
});

test('a link that cannot be resolved: answers 500 with the failed extraction', async () => {
  const problem = new Problem('source-private').toDocument(problemWords({ code: 'source-private' }));
  api.jobs.onSubmit = { state: 'failed', problem };
  const answer = await download({ url, type: 'video' });
  expect([answer.status, answer.body]).toEqual([500, { error: `Error extracting info: ${problem.error}` }]);
});

test('a full queue: answers 500 with the sentence of the problem', async () => {
  api.jobs.onSubmit = new Problem('queue-full');
  const answer = await download({ url, type: 'video' });
  expect([answer.status, answer.body]).toEqual([500, { error: problemWords({ code: 'queue-full' }).sentence }]);
});

test('a job cancelled during the call: answers with the reason', async () => {
  const waiting = download({ url, type: 'video' }).then((answer) => answer);
  await eventually(async () => expect(await api.jobs.get('job-1')).toBeDefined());
  await api.jobs.cancel('job-1');
  expect((await waiting).body).toEqual({ error: 'The job was cancelled.' });
});

test('a client that disconnects: does not end the job', async () => {
  const client = new AbortController();
  const call = fetch(`${api.url}/api/download`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url, type: 'video' }),
    signal: client.signal,
  });
  await eventually(async () => expect(await api.jobs.get('job-1')).toBeDefined());
  client.abort();
  await expect(call).rejects.toThrow();
  expect((await api.jobs.get('job-1'))?.state).toBe('queued');
});

test('a bug: answers 500 with a problem document that has a sentence in error', async () => {
  api.jobs.onSubmit = new Error('bug');
  const answer = await download({ url, type: 'video' });
  expect([answer.status, answer.body]).toMatchObject([500, { code: 'internal', error: expect.any(String) as string }]);
});
