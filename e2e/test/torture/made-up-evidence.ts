import { randomBytes } from 'node:crypto';
import type { Job, Media } from '@linkcast/contracts';
import type { Evidence } from '../../torture/checks/evidence.ts';

export const URL = 'http://source/video.mp4';
const AT = '2026-01-01T00:00:00.000Z';

export const mediaId = (): string =>
  Array.from(randomBytes(20), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(byte % 32)).join('');

/** A job as the API lists it: ready, of {@link URL}. */
export function job(fields: Partial<Job> = {}): Job {
  return {
    id: 'job',
    url: URL,
    type: 'video',
    state: 'ready',
    problem: null,
    mediaId: null,
    createdAt: AT,
    startedAt: AT,
    finishedAt: AT,
    ...fields,
  } as Job; // the checks read no other field
}

/** An item as the API lists it, of {@link URL}. */
export function item(fields: Partial<Media> = {}): Media {
  return {
    id: mediaId(),
    type: 'video',
    state: 'ready',
    sourceUrl: URL,
    durationSeconds: 10,
    renditions: [{ name: 'v360', kind: 'video', height: 360, codecs: '', bytes: 1, handling: 'copied' }],
    links: { page: '', hls: '/media/item/index.m3u8', file: null },
    ...fields,
  } as Media; // the checks read no other field
}

export function evidence(fields: Partial<Evidence> = {}): Evidence {
  return { jobs: [], media: [], trash: [], notices: [], ...fields };
}
