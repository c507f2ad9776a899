import { expect, test } from 'vitest';
import { chooseSource, plainFileOf } from '../../src/player/playback-source.ts';
import { aMedia, mediaId } from '../support/canned.ts';

const video = aMedia({ id: mediaId('film') });
const audio = aMedia({ id: mediaId('song'), type: 'audio' });
const everything = { mse: true, nativeHls: true };

test('Media Source Extensions and native HLS: play through hls.js, as Chromium claims HLS it cannot play', () => {
  expect(chooseSource(video, everything)).toEqual({ engine: 'hls.js', url: video.links.hls });
});

test('native HLS only: plays the playlist natively', () => {
  expect(chooseSource(video, { mse: false, nativeHls: true }).engine).toBe('native');
});

test('a browser with neither: has no source for a video', () => {
  expect(chooseSource(video, { mse: false, nativeHls: false }).engine).toBe('none');
});

test('a finished MP3: is played from its file; an arriving one: is not', () => {
  expect(plainFileOf(audio)).toBe(audio.links.file);
  expect(plainFileOf({ ...audio, state: 'playable' })).toBeUndefined();
});

test('arriving audio without a playlist: is played from its file', () => {
  const arriving = { ...audio, state: 'playable' as const, links: { ...audio.links, hls: null } };
  expect(chooseSource(arriving, everything)).toEqual({ engine: 'native', url: audio.links.file });
});
