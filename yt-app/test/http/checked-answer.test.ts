import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';

let api: ApiFixture;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.stop());

const submit = () => ask(api).post('/api/jobs').send({ url: 'https://example.com/', type: 'video' });
const progress = { ratio: null, bytes: 0, totalBytes: null, bytesPerSecond: null, etaSeconds: null };

test('members that the schema does not have: are left out of the answer, at every depth', async () => {
  const surplus = { secretToken: 'canary', progress: { ...progress, proxyUrl: 'canary' } };
  api.jobs.onSubmit = surplus;
  const answers = [await submit(), await ask(api).get('/api/jobs/job-1'), await ask(api).get('/api/jobs')];
  expect(answers.map(({ status }) => status)).toEqual([202, 200, 200]);
  for (const { text } of answers) expect(text).not.toMatch(/canary|secretToken|proxyUrl/);
  expect(await api.jobs.get('job-1')).toMatchObject(surplus);
});

describe('an answer that does not fit the schema', () => {
  test('is a 500, and the log names the member without its value', async () => {
    api.jobs.onSubmit = { createdAt: 'canary', progress: { ...progress, bytes: -12_345 } };
    const answer = await submit();
    expectProblem(answer, 'internal');
    const [line] = api.logged.filter(({ level }) => level === 'error');
    expect(line).toMatchObject({
      msg: 'request failed',
      err: { message: expect.stringMatching(/POST \/api\/jobs .*progress\.bytes .*createdAt/) as string },
    });
    expect(JSON.stringify([answer.body, api.logged])).not.toMatch(/canary|12345/);
  });
});

describe('an id that no record can have', () => {
  test.each([
    ['get', '/api/jobs/a.b', undefined],
    ['delete', `/api/jobs/${'a'.repeat(65)}`, undefined],
    ['post', '/api/jobs/a%2Fb/retry', undefined],
    ['get', '/api/jobs/a.b/events', undefined],
    ['get', '/api/media/unknown', undefined],
    ['patch', '/api/media/..%2Fetc', { title: 'New' }],
    ['delete', '/api/media/AAAAAAAAAAAAAAAAAAAA', undefined],
    ['post', '/api/media/unknown/shares', {}],
    ['get', '/api/media/unknown/shares', undefined],
    ['delete', '/api/sessions/a%20b', undefined],
    ['delete', '/api/shares/a%20b', undefined],
  ] as const)('%s %s: is not found', async (method, path, body) => {
    expectProblem(await ask(api)[method](path).send(body), 'not-found');
  });
});
