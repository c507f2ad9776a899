import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { OWN_FILES_FOLDER, ownFilePath, Upload, type LimitsPatch } from '@linkcast/contracts';
import request, { type Response } from 'supertest';
import { Upload as TusUpload } from 'tus-js-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPerson } from '../fixtures/a-person.ts';
import { API_TOKEN, ask, MAX_SIZE, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eventually } from '../fixtures/eventually.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';

const DAY_MS = 86_400_000;
const CONTENT = 'application/offset+octet-stream';

let api: ApiFixture;
let anna: Browser;
let boris: Browser;

beforeEach(async () => {
  api = await startApi();
  [anna, boris] = [openBrowser(api), openBrowser(api)];
  await anna.signIn({ role: 'member', telegramId: 1, name: 'Anna' });
  await boris.signIn({ role: 'member', telegramId: 2, name: 'Boris' });
});
afterEach(() => api.stop());

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const begin = (browser: Browser, bytes: number, metadata = `filename ${base64('Holiday 2026.mp4')}`) =>
  browser.ask('post', '/api/uploads', undefined, { 'upload-length': String(bytes), 'upload-metadata': metadata });
const begun = async (browser: Browser, bytes: number): Promise<string> =>
  Upload.parse((await begin(browser, bytes)).body).id;

async function send(browser: Browser, id: string, offset: number, bytes: Buffer): Promise<Response> {
  return request(api.server)
    .patch(`/api/uploads/${id}`)
    .set({ host: 'home.test', origin: 'http://home.test', cookie: browser.cookie ?? '' })
    .set({ 'content-type': CONTENT, 'upload-offset': String(offset), 'tus-resumable': '1.0.0' })
    .send(bytes);
}

/** A request that has sent some bytes of more, and waits. */
async function sendPart(id: string, bytes: Buffer, headers: Record<string, string> = {}): Promise<ClientRequest> {
  const call = httpRequest(`${api.url}/api/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      ...{ host: 'home.test', origin: 'http://home.test', cookie: anna.cookie ?? '' },
      ...{ 'content-type': CONTENT, 'upload-offset': '0', ...headers },
    },
  });
  call.on('error', () => undefined); // the server may end it
  call.write(bytes);
  await eventually(async () => expect((await fileOf(id)).length).toBe(bytes.length));
  return call;
}

const fileOf = (id: string): Promise<Buffer> => readFile(path.join(api.mediaDir, ownFilePath(id)));
const folders = (): Promise<string[]> => readdir(path.join(api.mediaDir, OWN_FILES_FOLDER));

describe('a client of tus', () => {
  const upload = (file: Buffer, options: Partial<TusUpload['options']>) =>
    new TusUpload(file, {
      endpoint: `${api.url}/api/uploads`,
      headers: { authorization: `Bearer ${API_TOKEN}` },
      metadata: { filename: 'My film.mkv', filetype: 'video/x-matroska' },
      chunkSize: 100_000,
      retryDelays: null,
      ...options,
    });

  test('that loses the connection and continues: makes one job of the whole file', async () => {
    const file = randomBytes(1_000_000);
    const address = await new Promise<string>((resolve, reject) => {
      const first = upload(file, {
        onError: reject,
        onChunkComplete(_chunk, accepted) {
          if (accepted >= 300_000) void first.abort().then(() => resolve(first.url ?? ''));
        },
      });
      first.start();
    });
    expect(api.jobs.submitted).toEqual([]);
    const offsets: number[] = [];
    await new Promise<void>((resolve, reject) => {
      upload(file, {
        ...{ uploadUrl: address, onError: reject, onSuccess: () => resolve() },
        onChunkComplete: (_chunk, accepted) => void offsets.push(accepted),
      }).start();
    });
    expect(offsets[0]).toBeGreaterThan(300_000);
    const answer = await ask(api).get(new URL(address, api.url).pathname);
    const { id, jobId } = Upload.parse(answer.body);
    expect((await fileOf(id)).equals(file)).toBe(true);
    expect(await api.jobs.get(jobId ?? '')).toMatchObject({ title: 'My film', type: 'video', url: `upload://${id}` });
  });

  test('with a personal key: needs the scope add', async () => {
    const keyOf = async (scope: string): Promise<string> =>
      ((await anna.ask('post', '/api/keys', { name: scope, scopes: [scope] })).body as { key: string }).key;
    const withKey = async (scope: string) =>
      request(api.server)
        .post('/api/uploads')
        .set({ authorization: `Bearer ${await keyOf(scope)}`, 'upload-length': '5' });
    expectProblem(await withKey('watch'), 'forbidden');
    expect((await withKey('add')).status).toBe(201);
  });

  test('of another version: is refused with the version that is supported', async () => {
    const answer = await anna.ask('post', '/api/uploads', undefined, {
      'tus-resumable': '0.2.2',
      'upload-length': '5',
    });
    expectProblem(answer, 'unsupported-protocol');
    expect(answer.get('tus-version')).toBe('1.0.0');
    expect(answer.get('tus-resumable')).toBe('1.0.0');
  });
});

describe('the bytes', () => {
  test('in two requests: HEAD says how many have come, and the last one answers with the job', async () => {
    const id = await begun(anna, 10);
    expect((await send(anna, id, 0, Buffer.from('first'))).get('upload-offset')).toBe('5');
    const head = await anna.ask('head', `/api/uploads/${id}`);
    expect([head.get('upload-offset'), head.get('upload-length'), head.get('cache-control')]).toEqual([
      '5',
      '10',
      'no-store',
    ]);
    const last = await send(anna, id, 5, Buffer.from('again'));
    expect(last.status).toBe(204);
    expect(await api.jobs.get(last.get('upload-job') ?? '')).toMatchObject({ title: 'Holiday 2026', type: 'video' });
    expect((await fileOf(id)).toString()).toBe('firstagain');
  });

  test.each([3, 7])('that begin at %d instead of 5: are refused', async (offset) => {
    const id = await begun(anna, 10);
    await send(anna, id, 0, Buffer.from('first'));
    expectProblem(await send(anna, id, offset, Buffer.from('xy')), 'conflict');
    expect((await fileOf(id)).toString()).toBe('first');
  });

  test('that are more than was announced: are refused, and none is written beyond', async () => {
    const id = await begun(anna, 10);
    expectProblem(await send(anna, id, 0, Buffer.alloc(11)), 'request-too-large');
    const call = await sendPart(id, Buffer.from('12345'), { 'transfer-encoding': 'chunked' });
    const answered = once(call, 'response') as Promise<[IncomingMessage]>;
    call.end('67890 and more');
    expect((await answered)[0].statusCode).toBe(413);
    expect((await fileOf(id)).length).toBe(10);
  });

  test('of another content type: are refused', async () => {
    const id = await begun(anna, 10);
    const answer = await anna.ask('patch', `/api/uploads/${id}`, { first: 1 }, { 'upload-offset': '0' });
    expectProblem(answer, 'unsupported-media-type');
  });

  test('of a connection that hangs: a later request ends it and learns what has come', async () => {
    const id = await begun(anna, 10);
    const call = await sendPart(id, Buffer.from('1234'), { 'content-length': '10' });
    const closed = new Promise((resolve) => call.once('close', resolve));
    const answer = await anna.ask('get', `/api/uploads/${id}`);
    expect(answer.body).toMatchObject({ offset: 4, jobId: null });
    await closed;
  });

  test('while the media volume is absent: are refused for now', async () => {
    const id = await begun(anna, 10);
    api.volume = 'missing';
    expectProblem(await send(anna, id, 0, Buffer.from('x')), 'media-missing');
  });
});

test('an upload that is begun twice with one key: is the same for that person, before and after its end', async () => {
  const beginWithKey = async (browser: Browser): Promise<Upload> => {
    const headers = { 'upload-length': '5', 'idempotency-key': 'tg1' };
    return Upload.parse((await browser.ask('post', '/api/uploads', undefined, headers)).body);
  };
  const { id } = await beginWithKey(anna);
  expect((await beginWithKey(anna)).id).toBe(id);
  expect((await beginWithKey(boris)).id).not.toBe(id);
  await send(anna, id, 0, Buffer.from('bytes'));
  const again = await beginWithKey(anna);
  expect(again).toMatchObject({ id, offset: 5 });
  expect(again.jobId).not.toBeNull();
});

describe('an upload of somebody else', () => {
  test('does not exist: its owner continues undisturbed', async () => {
    const id = await begun(anna, 10);
    const call = await sendPart(id, Buffer.from('1234'), { 'content-length': '10' });
    for (const method of ['get', 'delete'] as const)
      expectProblem(await boris.ask(method, `/api/uploads/${id}`), 'not-found');
    expectProblem(await send(boris, id, 4, Buffer.from('x')), 'not-found');
    expectProblem(await ask(api).get(`/api/uploads/${id}`), 'not-found'); // nor for an owner
    const answered = once(call, 'response') as Promise<[IncomingMessage]>;
    call.end('567890');
    expect((await answered)[0].statusCode).toBe(204);
  });
});

describe('the description of a file', () => {
  test.each([
    ['../../etc/passwd.mp4', 'passwd'],
    ['C:\\films\\<b>bold</b>.avi', 'b>'],
    ['line\nbreak\u202e.mp4', 'line break'],
    ['.mp4', '.mp4'],
    ['', 'Untitled'],
    ['x'.repeat(400), 'x'.repeat(300)],
  ])('the name %j: becomes the title %j', async (name, title) => {
    const answer = await begin(anna, 10, `filename ${base64(name)}`);
    expect(Upload.parse(answer.body).title).toBe(title);
  });

  test('sound by its type: becomes an audio job, unless the client chooses', async () => {
    const typeOf = async (metadata: string) => Upload.parse((await begin(anna, 10, metadata)).body).type;
    const isSound = `filetype ${base64('audio/flac')}`;
    expect(await typeOf(isSound)).toBe('audio');
    expect(await typeOf(`${isSound},type ${base64('video')}`)).toBe('video');
  });

  test.each(['filename %%%', `type ${base64('picture')}`, `visibility ${base64('all')}`, 'x'.repeat(9000)])(
    'the metadata %j: are refused',
    async (metadata) => {
      expectProblem(await begin(anna, 10, metadata), 'invalid-request');
    },
  );

  test.each(['0', '-1', 'x', '1.5', ''])('the length %j: is refused', async (length) => {
    const answer = await anna.ask('post', '/api/uploads', undefined, { 'upload-length': length });
    expectProblem(answer, 'invalid-request');
  });
});

describe('limits', () => {
  const limit = (patch: LimitsPatch) => ask(api).patch('/api/limits').send(patch);

  test('a file above MAX_SIZE: is refused with the limit', async () => {
    const answer = await begin(anna, MAX_SIZE + 1);
    expectProblem(answer, 'too-large');
    expect(answer.body).toMatchObject({ facts: { limit: { kind: 'size', bytes: MAX_SIZE } } });
  });

  test('of a person: count what they are uploading already', async () => {
    await limit({ storageBytes: 1000 });
    await begun(anna, 600);
    expectProblem(await begin(anna, 600), 'over-limit');
    expect((await begin(boris, 600)).status).toBe(201);
    await limit({ storageBytes: null, openJobs: 2 });
    await begun(anna, 600);
    expectProblem(await begin(anna, 600), 'over-limit');
  });

  test('a disk without room for the file and its item: is refused', async () => {
    await api.stop();
    api = await startApi({ disk: { folder: path.dirname(api.mediaDir), storageLimit: 0 } });
    anna = openBrowser(api);
    await anna.signIn({ role: 'owner' });
    expectProblem(await begin(anna, 10), 'storage-full');
    expect(await folders().catch(() => [])).toEqual([]);
  });
});

describe('what is left', () => {
  test('an unfinished upload: is removed a day after its last bytes', async () => {
    const id = await begun(anna, 10);
    await send(anna, id, 0, Buffer.from('first'));
    await api.uploads.tidy();
    expect(await folders()).toEqual([id]);
    api.nowMs = Date.now() + DAY_MS + 1000;
    await api.uploads.tidy();
    expect(await folders()).toEqual([]);
    expectProblem(await send(anna, id, 5, Buffer.from('again')), 'not-found');
  });

  test('the file of a job: stays for a retry of a failed one, and goes after a ready one', async () => {
    const [failed, ready] = [await begun(anna, 1), await begun(anna, 1)];
    for (const id of [failed, ready]) await send(anna, id, 0, Buffer.from('x'));
    const finishedAt = new Date().toISOString();
    for (const [id, state] of [
      [failed, 'failed'],
      [ready, 'ready'],
    ] as const)
      api.jobs.change((await api.jobs.ofOwnFile(id))?.id ?? '', { state, finishedAt });
    expectProblem(await anna.ask('delete', `/api/uploads/${ready}`), 'conflict');
    api.nowMs = Date.now() + DAY_MS;
    await api.uploads.tidy();
    expect(await folders()).toEqual([failed]);
    api.nowMs += 7 * DAY_MS;
    await api.uploads.tidy();
    expect(await folders()).toEqual([]);
  });

  test('a whole file whose job was not stored: gets it', async () => {
    const id = await begun(anna, 5);
    await writeFile(path.join(api.mediaDir, ownFilePath(id)), 'bytes');
    await api.uploads.tidy();
    await api.uploads.tidy();
    expect((await api.jobs.ofOwnFile(id))?.id).toBeDefined();
    expect(Upload.parse((await anna.ask('get', `/api/uploads/${id}`)).body).jobId).not.toBeNull();
  });

  test('an upload that is given up: is removed at once', async () => {
    const id = await begun(anna, 10);
    expect((await anna.ask('delete', `/api/uploads/${id}`)).status).toBe(204);
    expect(await folders()).toEqual([]);
  });

  test('a folder that cannot be read: is removed', async () => {
    const id = await begun(anna, 10);
    await writeFile(path.join(api.mediaDir, OWN_FILES_FOLDER, id, 'upload.json'), '{');
    await api.uploads.tidy();
    expect(await folders()).toEqual([]);
  });
});

test('the visibility that a person prefers: is that of the job', async () => {
  const person = await aPerson(api.access, { role: 'member', telegramId: 1, name: 'Anna' });
  const upload = { personId: person.id, title: 'x', type: 'video', visibility: 'mine', bytes: 1 } as const;
  const { id } = await api.uploads.begin(upload);
  await send(anna, id, 0, Buffer.from('x'));
  expect(await api.jobs.ofOwnFile(id)).toMatchObject({ visibility: 'mine', requesterId: person.id });
});
