import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mediaMarker } from '@linkcast/contracts';
import { openAppDatabase } from '../../../yt-app/src/database/app-database.ts';
import { jobTable } from '../../../yt-app/src/jobs/job-table.ts';
import type { MediaJson } from '../../../yt-app/src/library/files/media-json.ts';

/** Numbers of the rows that the bench makes. */
export interface StoreSize {
  readonly items: number;
  readonly jobs: number;
}

/** The jobs are of so many people, and from so many hosts; each person has links of many hosts. */
const PEOPLE = 50;
const HOSTS = 49;
/** Above the numbers of all items: the ids of jobs are not those of items. */
const OTHER_IDS = 10_000_000;
const ROWS_PER_STATEMENT = 500;
const FOLDERS_AT_ONCE = 64;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const WORDS =
  'river mountain song light winter summer train night garden stone ocean paper forest window city dream'.split(' ');

/** Makes the folders of a library: a `media.json` in each, and the marker of the volume. */
export async function makeFolders(mediaDir: string, items: number, signal: AbortSignal): Promise<void> {
  await mkdir(mediaDir, { recursive: true });
  await writeFile(path.join(mediaDir, mediaMarker), '');
  for (let start = 0; start < items; start += FOLDERS_AT_ONCE) {
    signal.throwIfAborted();
    const numbers = Array.from({ length: Math.min(FOLDERS_AT_ONCE, items - start) }, (_, index) => start + index);
    await Promise.all(numbers.map((number) => makeFolder(mediaDir, number)));
  }
}

async function makeFolder(mediaDir: string, number: number): Promise<void> {
  const directory = path.join(mediaDir, idOf(number));
  await mkdir(directory);
  await writeFile(path.join(directory, 'media.json'), JSON.stringify(describeItem(number)));
}

function describeItem(number: number): MediaJson {
  const type = number % 3 === 0 ? 'video' : 'audio';
  return {
    version: 1,
    id: idOf(number),
    type,
    title: `${wordOf(number)} ${wordOf(number >> 4)} ${wordOf(number >> 8)} ${number}`,
    uploader: `Channel ${number % 500}`,
    sourceUrl: `https://example.com/watch?v=${number}`,
    sourceKey: `example.com/watch?v=${number}`,
    extractor: 'Generic',
    sourceId: String(number),
    durationSeconds: 60 + (number % 3600),
    bytes: 1_000_000 + number,
    renditions: [{ name: 'audio', kind: 'audio', height: null, codecs: 'mp4a.40.2', bytes: 500, handling: 'copied' }],
    handling: type === 'audio' ? 'encoded' : 'copied',
    state: 'ready',
    jobId: null,
    personId: null,
    visibility: 'everyone',
    deletedAt: null,
    hasPoster: true,
    isKept: false,
    hasFile: type === 'audio',
    damage: null,
    recording: null,
    marks: [],
    files: [],
    collections: [],
    createdAt: new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString(),
  };
}

/** Makes the history of jobs, of which the last ones wait, in the tables that the service has made; it must not run. */
export async function makeJobs(location: string, { jobs, waiting }: { jobs: number; waiting: number }): Promise<void> {
  const database = await openAppDatabase(location);
  try {
    await database.load(async () => {
      for (let start = 0; start < jobs; start += ROWS_PER_STATEMENT) {
        const numbers = Array.from({ length: Math.min(ROWS_PER_STATEMENT, jobs - start) }, (_, index) => start + index);
        await jobTable
          .query(database)
          .insertInto('jobs')
          .values(numbers.map((number) => jobRow(number, number >= jobs - waiting)))
          .execute();
      }
    });
  } finally {
    await database.close();
  }
}

function jobRow(number: number, isWaiting: boolean): ReturnType<typeof jobTable.writeNew> {
  return jobTable.writeNew({
    id: idOf(OTHER_IDS + number),
    state: isWaiting ? 'queued' : 'failed',
    type: 'video',
    url: `https://host${number % HOSTS}.example/job?v=${number}`,
    sourceKey: `host${number % HOSTS}.example/job?v=${number}`,
    host: `host${number % HOSTS}.example`,
    personId: idOf(2 * OTHER_IDS + (number % PEOPLE)),
    claimedAt: isWaiting ? null : number,
    quality: 'best',
    mediaId: idOf(OTHER_IDS + number),
    createdAt: Date.now(),
  });
}

function wordOf(number: number): string {
  return WORDS[number % WORDS.length] ?? '';
}

/** An id of 20 characters for each number; ids of consecutive numbers are far apart, as random ones are. */
function idOf(number: number): string {
  const scattered = (BigInt(number) * 0x9e3779b97f4a7c15n) & ((1n << 64n) - 1n);
  const digits = Array.from(scattered.toString(32).padStart(20, '0'), (digit) => ALPHABET.charAt(parseInt(digit, 32)));
  return digits.toReversed().join('');
}
