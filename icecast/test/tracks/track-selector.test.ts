import type { NextTrack } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLibraryLoop } from '../../src/tracks/library-rotation.ts';
import { createProgramme } from '../../src/tracks/track-selector.ts';

const READY = 'aaaaaaaaaaaaaaaaaaaa';
const UNFINISHED = 'bbbbbbbbbbbbbbbbbbbb';
const OTHER = 'cccccccccccccccccccc';

let mediaDirectory = '';

beforeEach(async () => {
  mediaDirectory = await mkdtemp(path.join(os.tmpdir(), 'programme-'));
  await addItem(READY, { 'audio.mp3': 'x', 'media.json': JSON.stringify({ title: 'Tango', uploader: 'Orquesta' }) });
  await addItem(UNFINISHED, { 'audio.mp3': 'x' });
  await addItem(OTHER, { 'audio.mp3': 'x', 'media.json': '{"title": "Vals", "upl' });
});

afterEach(() => rm(mediaDirectory, { recursive: true }));

async function addItem(mediaId: string, files: Record<string, string>): Promise<void> {
  await mkdir(path.join(mediaDirectory, mediaId));
  for (const [name, content] of Object.entries(files))
    await writeFile(path.join(mediaDirectory, mediaId, name), content);
}

function programmeWith(askNext: () => Promise<NextTrack>) {
  const logger = createLogger({ service: 'test', level: 'silent' });
  const loop = createLibraryLoop(mediaDirectory);
  return createProgramme({ mediaDirectory, silenceFile: '/silence.mp3', askNext, loop, logger });
}

const answering = (file: string | null) => () => Promise.resolve({ mediaId: null, path: file });
const failing = () => Promise.reject(new Error('down'));

test('the programme, a track named by yt-app, airs it with uploader and title of media.json', async () => {
  expect(await programmeWith(answering(`${READY}/audio.mp3`)).next()).toEqual({
    file: path.join(mediaDirectory, READY, 'audio.mp3'),
    mediaId: READY,
    title: 'Orquesta - Tango',
  });
});

test('the programme, nothing to air says yt-app, airs silence', async () => {
  expect(await programmeWith(answering(null)).next()).toEqual({
    file: '/silence.mp3',
    mediaId: undefined,
    title: 'Linkcast',
  });
});

test('the programme, yt-app down, goes round through the finished items', async () => {
  const programme = programmeWith(failing);
  const aired = [await programme.next(), await programme.next(), await programme.next()];
  expect(aired.map((airing) => airing.mediaId)).toEqual([READY, OTHER, READY]);
});

test('the programme, yt-app down and an empty library, airs silence', async () => {
  await rm(path.join(mediaDirectory, READY), { recursive: true });
  await rm(path.join(mediaDirectory, OTHER), { recursive: true });
  expect((await programmeWith(failing).next()).file).toBe('/silence.mp3');
});

test.each([
  '../../etc/passwd.mp3',
  '/etc/passwd',
  `${READY}/../${OTHER}/audio.mp3`,
  `${READY}/media.json`,
  `${READY}/gone.mp3`,
  '.work/aaaaaaaaaaaaaaaaaaaa.1/audio.mp3',
])('the programme, yt-app names %s, airs its own loop instead', async (file) => {
  expect((await programmeWith(answering(file)).next()).file).toBe(path.join(mediaDirectory, READY, 'audio.mp3'));
});
