import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { Problem } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../fixtures/eventually.ts';
import { writeUploadPart, type UploadPart } from '../../src/uploads/upload-writer.ts';

let folder: string;
let part: UploadPart & { readonly body: PassThrough };
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'linkcast-upload-'));
  const file = path.join(folder, 'file');
  await writeFile(file, 'ab');
  const signal = new AbortController().signal;
  part = {
    file,
    offset: 2,
    bytes: 10,
    body: new PassThrough(),
    signal,
    checkRoom: () => Promise.resolve(),
    stallMs: 60_000,
  };
});
afterEach(() => rm(folder, { recursive: true }));

const content = (): Promise<string> => readFile(part.file, 'utf8');

test('a client that sends nothing any more: what has come stays', async () => {
  part.body.write('cd');
  expect(await writeUploadPart({ ...part, stallMs: 50 })).toBe(4);
  expect(await content()).toBe('abcd');
});

const hasWritten = (text: string) => eventually(async () => expect(await content()).toBe(text));

test('a client that disconnects: what has come stays', async () => {
  part.body.write('cd');
  const writing = writeUploadPart(part);
  await hasWritten('abcd');
  part.body.destroy(new Error('aborted'));
  expect(await writing).toBe(4);
});

test('a later request: ends the writing, also before its turn', async () => {
  const abort = new AbortController();
  part.body.write('cd');
  const writing = writeUploadPart({ ...part, signal: abort.signal });
  await hasWritten('abcd');
  abort.abort(new Problem('conflict'));
  await expect(writing).rejects.toMatchObject({ code: 'conflict' });
  expect(part.body.destroyed).toBe(true);
  const late = { ...part, body: new PassThrough(), signal: abort.signal };
  await expect(writeUploadPart(late)).rejects.toMatchObject({ code: 'conflict' });
});

test('a disk that becomes full: ends the writing, and leaves the body to be answered', async () => {
  const bytes = 200 * 1024 * 1024;
  const full = { ...part, bytes, checkRoom: () => Promise.reject(new Problem('storage-full')) };
  const writing = writeUploadPart(full);
  const chunk = Buffer.alloc(16 * 1024 * 1024);
  const feed = setInterval(() => part.body.write(chunk), 1);
  await expect(writing.finally(() => clearInterval(feed))).rejects.toMatchObject({ code: 'storage-full' });
  expect(part.body.destroyed).toBe(false);
});
