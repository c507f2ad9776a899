import { testKeys } from '@linkcast/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';

let api: ApiFixture;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const url = 'https://example.com/';
const video = { url, type: 'video' };
const text = (length: number): string => 'x'.repeat(length);

/** Sends a bad request in a language. @returns its faults. */
async function faultsOf(
  language: string,
  { method, path, body, key }: { method: 'get' | 'post' | 'patch'; path: string; body?: object; key?: string },
) {
  const answer = await ask(api, key)[method](path).set('accept-language', language).send(body);
  return expectProblem(answer, 'invalid-request').faults;
}

describe('the same bad requests', () => {
  test.each([
    ['en', 'must be one of: video, audio', 'is not a field of this request', 'must have at most 200 characters'],
    [
      'es',
      'debe ser uno de estos valores: video, audio',
      'no es un campo de esta petición',
      'debe tener como máximo 200 caracteres',
    ],
    [
      'ru',
      'допустимые значения: video, audio',
      'такого поля в этом запросе нет',
      'должно содержать не более 200 символов',
    ],
  ])('in %s: have their faults in it', async (language, choice, unknown, length) => {
    expect(await faultsOf(language, { method: 'post', path: '/api/jobs', body: { url, type: 'x', more: 1 } })).toEqual([
      { field: 'type', fault: choice },
      { field: 'more', fault: unknown },
    ]);
    expect(await faultsOf(language, { method: 'get', path: `/api/media?q=${text(201)}` })).toEqual([
      { field: 'q', fault: length },
    ]);
  });

  test.each([
    ['en', 'must be the nextCursor of this list', 'must be 1 to 200 printable characters'],
    ['es', 'debe ser el nextCursor de esta lista', 'debe tener de 1 a 200 caracteres imprimibles'],
    ['ru', 'должно быть значением nextCursor этого списка', 'должно содержать от 1 до 200 печатных символов'],
  ])('in %s, refused after the schema: have their faults in it', async (language, cursor, key) => {
    expect(await faultsOf(language, { method: 'get', path: '/api/media?cursor=nonsense' })).toEqual([
      { field: 'cursor', fault: cursor },
    ]);
    const answer = await ask(api)
      .post('/api/jobs')
      .set({ 'accept-language': language, 'idempotency-key': text(201) })
      .send(video);
    expect(expectProblem(answer, 'invalid-request').faults).toEqual([{ field: 'Idempotency-Key', fault: key }]);
  });
});

describe('every kind of fault', () => {
  test.each([
    ['/api/jobs', { ...video, url: 7 }, 'url', 'must be a string'],
    ['/api/jobs', { url }, 'type', 'is missing'],
    ['/api/jobs', { ...video, more: 1 }, 'more', 'is not a field of this request'],
    ['/api/jobs', [], '', 'must be an object'],
    ['/api/station/requests', { mediaId: '../etc' }, 'mediaId', 'is not in the expected form'],
    ['/api/station/shares', { lifetimeSeconds: '60' }, 'lifetimeSeconds', 'must be a number'],
    ['/api/station/shares', { lifetimeSeconds: 60.5 }, 'lifetimeSeconds', 'must be a whole number'],
    ['/api/station/shares', { lifetimeSeconds: 59 }, 'lifetimeSeconds', 'must be at least 60'],
    ['/api/station/shares', { lifetimeSeconds: 1e9 }, 'lifetimeSeconds', 'must be at most 31,536,000'],
    ['/api/invitations', { uses: 0 }, 'uses', 'must be at least 1'],
  ])('POST %s %j: %s %s', async (path, body, field, fault) => {
    expect(await faultsOf('en', { method: 'post', path, body })).toEqual([{ field, fault }]);
  });

  test.each([
    [' ', 'must have at least 1 character'],
    [text(101), 'must have at most 100 characters'],
  ])('the name %j of a person: %s', async (name, fault) => {
    expect(await faultsOf('en', { method: 'patch', path: '/api/me', body: { name } })).toEqual([
      { field: 'name', fault },
    ]);
  });

  test('a Telegram id that is none: must be greater than 0', async () => {
    const body = { code: 'c', telegramId: 0, name: '' };
    const sent = { method: 'post', path: '/internal/invitations/accept', body, key: testKeys.bot } as const;
    expect(await faultsOf('en', sent)).toEqual([{ field: 'telegramId', fault: 'must be greater than 0' }]);
  });

  test.each([
    [{ type: 'lost' }, 'report.type', /^must be one of: resolved, .*, stopped$/],
    [{ type: 'progress', progress: null }, 'report.progress', /^must be an object$/],
  ])('the report %j of a worker: %s', async (report, field, fault) => {
    const body = { fence: 1, report };
    const sent = { method: 'post', path: '/internal/work/x/reports', body, key: testKeys.worker } as const;
    expect(await faultsOf('en', sent)).toEqual([{ field, fault: expect.stringMatching(fault) as string }]);
  });

  test.each([
    ['en', 'must have either code or initData'],
    ['es', 'debe tener code o initData, pero no ambos'],
    ['ru', 'должно содержать либо code, либо initData'],
  ])('signing in with nothing, in %s: %s', async (language, fault) => {
    const answer = await openBrowser(api).ask('post', '/api/session', {}, { 'accept-language': language });
    expect(expectProblem(answer, 'invalid-request').faults).toEqual([{ field: '', fault }]);
  });

  test('more than twenty: are cut, and the last line says so', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`field${index}`, 1]));
    const sent = { method: 'post', path: '/api/jobs', body: { ...video, ...many } } as const;
    expect((await faultsOf('es', sent))?.at(-1)).toEqual({ field: '', fault: 'y más' });
  });
});
