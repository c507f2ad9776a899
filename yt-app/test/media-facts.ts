import type { MediaFacts } from '../src/library/media-record.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A valid media id for a number up to 675. */
export function mediaId(number: number): string {
  return `aaaaaaaaaaaaaaaaaa${LETTERS.charAt(Math.floor(number / 26))}${LETTERS.charAt(number % 26)}`;
}

/** A ready track of the library; the number makes its id, title and time. */
export function audioFacts(number: number, changes: Partial<MediaFacts> = {}): MediaFacts {
  return {
    id: mediaId(number),
    type: 'audio',
    title: `Track ${number}`,
    uploader: 'Somebody',
    sourceUrl: `https://example.com/watch?v=${number}`,
    sourceKey: `example.com/watch?v=${number}`,
    extractor: 'Generic',
    sourceId: `source-${number}`,
    durationSeconds: 100 + number,
    bytes: 1000,
    renditions: [{ name: 'audio', kind: 'audio', height: null, codecs: 'mp4a.40.2', bytes: 500, handling: 'copied' }],
    handling: 'encoded', // the MP3
    state: 'ready',
    jobId: null,
    hasPoster: true,
    hasFile: true,
    createdAt: Date.UTC(2026, 0, 1) + number * 1000,
    ...changes,
  };
}
