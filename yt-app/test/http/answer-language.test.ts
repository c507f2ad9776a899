import { Health, Job, JobList, Problem, ProblemDocument } from '@linkcast/contracts';
import { message, textsOf, worded } from '@linkcast/texts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { certificateStatus, nameStatus, NOW } from '../fixtures/part-status.ts';

let api: ApiFixture;
beforeEach(async () => {
  api = await startApi();
  api.nowMs = NOW;
});
afterEach(() => api.stop());

const get = (path: string, language: string) => ask(api).get(path).set('accept-language', language);

test.each([
  ['es-MX,en;q=0.5', 'es', 'No encontrado'],
  ['de,ru;q=0.9,es;q=0.1', 'ru', 'Не найдено'],
  ['de', 'en', 'Not found'],
])('a problem for a client that accepts %s: is in %s, with the same code', async (accepted, language, title) => {
  const answer = await get('/api/jobs/unknown', accepted);
  expect(answer.status).toBe(404);
  expect(answer.headers).toMatchObject({
    'content-language': language,
    vary: expect.stringMatching(/accept-language/i) as string,
  });
  expect(ProblemDocument.parse(answer.body)).toMatchObject({ code: 'not-found', title });
});

test('the health for a client that accepts ru: is in Russian; a sentence without a code stays unchanged', async () => {
  const at = new Date(NOW).toISOString();
  const lastError = { at, ...worded(message('provider-rate-limited', { provider: 'DuckDNS' })) };
  api.nameServer.answer = { status: 200, body: nameStatus({ state: 'failing', lastError }) };
  const old = { at, sentence: 'The certificate could not be obtained.' };
  api.certificateServer.answer = { status: 200, body: certificateStatus({ lastError: old }) };
  const health = Health.parse((await get('/api/health', 'ru')).body);
  expect(health.name?.lastError?.sentence).toBe(
    'DuckDNS получил слишком много запросов. Linkcast повторит попытку позже.',
  );
  expect(health.certificate?.lastError?.sentence).toBe(old.sentence);
  expect(health.checks.find(({ name }) => name === 'certificate')?.detail).toMatch(/^действителен до/);
  expect(health.reachability.sentence).toMatch(/доступен снаружи/);
});

const failed = {
  state: 'failed',
  problem: new Problem('too-long', { limit: { kind: 'duration', seconds: 21_600 } }).toDocument(),
} as const;

test.each(['es', 'ru', 'en'] as const)(
  'a failed job for a client that accepts %s: has its problem in that language',
  async (language) => {
    api.jobs.onSubmit = failed;
    const { title, sentence } = textsOf(language).problems['too-long'];
    const problem = {
      code: 'too-long',
      facts: failed.problem.facts,
      title,
      error: sentence(failed.problem.facts ?? {}),
    };
    const submitted = await ask(api)
      .post('/api/jobs')
      .set('accept-language', language)
      .send({ url: 'https://example.com/', type: 'video' });
    expect(submitted.headers['content-language']).toBe(language);
    expect(Job.parse(submitted.body).problem).toMatchObject(problem);
    expect(Job.parse((await get('/api/jobs/job-1', language)).body).problem).toMatchObject(problem);
    expect(JobList.parse((await get('/api/jobs', language)).body).jobs[0]?.problem).toMatchObject(problem);
  },
);

test('the events of a failed job for a client that accepts es: have its problem in Spanish', async () => {
  api.jobs.onSubmit = failed;
  await api.jobs.submit({ url: 'https://example.com/', type: 'video' });
  const { text, headers } = await get('/api/jobs/job-1/events', 'es');
  expect(headers['content-language']).toBe('es');
  expect(text).toContain(textsOf('es').problems['too-long'].title);
});

test('a client without Accept-Language: gets the language of the installation', async () => {
  const spanish = await startApi({ language: 'es' });
  try {
    const answer = await ask(spanish).get('/api/jobs/unknown');
    expect(answer.headers['content-language']).toBe('es');
    expect(ProblemDocument.parse(answer.body).title).toBe('No encontrado');
    expect((await ask(spanish).get('/api/jobs/unknown').set('accept-language', 'ru')).headers['content-language']).toBe(
      'ru',
    );
  } finally {
    await spanish.stop();
  }
});
