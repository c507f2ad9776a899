import { describe, expect, test } from 'vitest';
import { backOffMs } from '../src/data/back-off.ts';
import { isAtEdge } from '../src/player/playback-clock.ts';
import { chooseSource, plainFileOf } from '../src/player/playback-source.ts';
import { actionOfKey } from '../src/player/player-keys.ts';
import { MAX_NETWORK_TRIES, planRecovery } from '../src/player/recovery.ts';
import { aMedia, mediaId } from './support/canned.ts';

const video = aMedia({ id: mediaId('film') });
const audio = aMedia({ id: mediaId('song'), type: 'audio' });
const everything = { mse: true, nativeHls: true };

describe('the way an item is played', () => {
  test('a browser that says yes to both plays HLS through hls.js: Chromium promises what it cannot do', () => {
    expect(chooseSource(video, everything)).toEqual({ engine: 'hls.js', url: video.links.hls });
  });

  test('a browser without Media Source Extensions plays HLS by itself', () => {
    expect(chooseSource(video, { mse: false, nativeHls: true }).engine).toBe('native');
  });

  test('a browser with neither cannot play a video', () => {
    expect(chooseSource(video, { mse: false, nativeHls: false }).engine).toBe('none');
  });

  test('a finished MP3 is played as it is, one that still arrives is not', () => {
    expect(plainFileOf(audio)).toBe(audio.links.file);
    expect(plainFileOf({ ...audio, state: 'playable' })).toBeUndefined();
  });

  test('audio without a playlist is played from its file while it arrives', () => {
    const arriving = { ...audio, state: 'playable' as const, links: { ...audio.links, hls: null } };
    expect(chooseSource(arriving, everything)).toEqual({ engine: 'native', url: audio.links.file });
  });
});

describe('a fatal error', () => {
  test('of the network is answered with patience, and an end', () => {
    const error = { kind: 'network', status: 502 } as const;
    expect(planRecovery(error, { network: 0, media: 0 })).toEqual({ step: 'reload', afterMs: 1000 });
    expect(planRecovery(error, { network: 3, media: 0 })).toEqual({ step: 'reload', afterMs: 8000 });
    const spent = { network: MAX_NETWORK_TRIES, media: 0 };
    expect(planRecovery(error, spent)).toEqual({ step: 'give-up', failure: 'network' });
    expect(planRecovery({ ...error, status: 404 }, spent)).toEqual({ step: 'give-up', failure: 'missing' });
  });

  test('of the decoder is cured twice', () => {
    expect(planRecovery({ kind: 'media' }, { network: 0, media: 1 })).toEqual({ step: 'recover-media' });
    expect(planRecovery({ kind: 'media' }, { network: 0, media: 2 })).toEqual({ step: 'give-up', failure: 'media' });
  });

  test('about codecs is not tried again', () => {
    const plan = planRecovery({ kind: 'media', incompatible: true }, { network: 0, media: 0 });
    expect(plan).toEqual({ step: 'give-up', failure: 'unsupported' });
  });
});

test('playback waits for the download only near the end of what is there', () => {
  expect(isAtEdge({ current: 58, watchable: 60 })).toBe(true);
  expect(isAtEdge({ current: 30, watchable: 60 })).toBe(false);
});

test('the back-off doubles up to its limit', () => {
  expect([0, 1, 2, 10].map((attempt) => backOffMs(attempt))).toEqual([1000, 2000, 4000, 30_000]);
});

test('keys that are not the player’s mean nothing, not even the names of object members', () => {
  expect(actionOfKey(' ')).toEqual({ do: 'toggle' });
  expect(actionOfKey('ArrowLeft')).toEqual({ do: 'seek', seconds: -10 });
  expect(actionOfKey('x')).toBeUndefined();
  expect(actionOfKey('constructor')).toBeUndefined();
});
