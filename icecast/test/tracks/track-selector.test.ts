import type { NextTrack } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLibraryRotation } from '../../src/tracks/library-rotation.ts';
import { createTrackSelector } from '../../src/tracks/track-selector.ts';

const READY = 'aaaaaaaaaaaaaaaaaaaa';
const UNFINISHED = 'bbbbbbbbbbbbbbbbbbbb';
const OTHER = 'cccccccccccccccccccc';

let mediaDirectory = '';

beforeEach(async () => {
  mediaDirectory = await mkdtemp(path.join(os.tmpdir(), 'track-selector-'));
  await addItem(READY, { 'audio.mp3': 'x', 'media.json': JSON.stringify({ title: 'Tango', uploader: 'Orquesta' }) });
  await addItem(UNFINISHED, { 'audio.mp3': 'x' });
  await addItem(OTHER, { 'audio.mp3': 'x', 'media.json': JSON.stringify({ title: 'Vals', uploader: null }) });
});

afterEach(() => rm(mediaDirectory, { recursive: true }));

async function addItem(mediaId: string, files: Record<string, string>): Promise<void> {
  await mkdir(path.join(mediaDirectory, mediaId));
  for (const [name, content] of Object.entries(files))
    await writeFile(path.join(mediaDirectory, mediaId, name), content);
}

function selectorWith(requestNext: () => Promise<NextTrack>) {
  const logger = createLogger({ service: 'test', level: 'silent' });
  const rotation = createLibraryRotation(mediaDirectory);
  return createTrackSelector({ mediaDirectory, silenceFile: '/silence.mp3', requestNext, rotation, logger });
}

const answering = (file: string | null) => () => Promise.resolve({ mediaId: null, path: file });
const failing = () => Promise.reject(new Error('down'));

test('a track named by yt-app: is selected with uploader and title of media.json', async () => {
  expect(await selectorWith(answering(`${READY}/audio.mp3`)).next()).toEqual({
    file: path.join(mediaDirectory, READY, 'audio.mp3'),
    mediaId: READY,
    title: 'Orquesta - Tango',
  });
});

test('no next track of yt-app: selects silence', async () => {
  expect(await selectorWith(answering(null)).next()).toEqual({
    file: '/silence.mp3',
    mediaId: undefined,
    title: 'Linkcast',
  });
});

test('yt-app down: selects the finished items in rotation', async () => {
  const selector = selectorWith(failing);
  const tracks = [await selector.next(), await selector.next(), await selector.next()];
  expect(tracks.map((track) => track.mediaId)).toEqual([READY, OTHER, READY]);
});

test.each([
  ['private', JSON.stringify({ title: 'Vals', uploader: null, visibility: 'mine' })],
  ['in the trash', JSON.stringify({ title: 'Vals', uploader: null, deletedAt: '2026-01-02T03:04:05.000Z' })],
  ['of a damaged media.json', '{"title": "Vals", "upl'],
])('yt-app down, and an item that is %s: is not selected', async (_name, mediaJson) => {
  await writeFile(path.join(mediaDirectory, OTHER, 'media.json'), mediaJson);
  const selector = selectorWith(failing);
  expect([(await selector.next()).mediaId, (await selector.next()).mediaId]).toEqual([READY, READY]);
});

test('yt-app down with an empty library: selects silence', async () => {
  await rm(path.join(mediaDirectory, READY), { recursive: true });
  await rm(path.join(mediaDirectory, OTHER), { recursive: true });
  expect((await selectorWith(failing).next()).file).toBe('/silence.mp3');
});

test.each([
  '../../etc/passwd.mp3',
  '/etc/passwd',
  `${READY}/../${OTHER}/audio.mp3`,
  `${READY}/media.json`,
  `${READY}/missing.mp3`,
  '.work/aaaaaaaaaaaaaaaaaaaa.1/audio.mp3',
])('the path %s named by yt-app: is refused, and a track of the rotation is selected', async (file) => {
  expect((await selectorWith(answering(file)).next()).file).toBe(path.join(mediaDirectory, READY, 'audio.mp3'));
});
