import {
  appendFile,
  link,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ownFileId, ownFilePath, type Job } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '@linkcast/kit';
import { createImports, type Imports } from '../../../src/uploads/import/imports.ts';
import { startImportWatch } from '../../../src/uploads/import/import-watch.ts';
import { MAX_SIZE, startApi, type ApiFixture } from '../../fixtures/api-fixture.ts';
import { eventually } from '../../fixtures/eventually.ts';

const STILL_MS = 10_000;
type Place = ApiFixture['uploads']['place'];

let api: ApiFixture;
let directory: string;
let imports: Imports;
let logged: string[];
let nowMs: number;
const clock = (): number => nowMs;

beforeEach(async () => {
  api = await startApi();
  directory = await mkdtemp(path.join(os.tmpdir(), 'linkcast-import-'));
  logged = [];
  nowMs = 0;
  imports = newImports();
});
afterEach(async () => {
  await api.stop();
  await rm(directory, { recursive: true });
});

/** As they are after a start of the API. */
function newImports(): Imports {
  const logger = createLogger({ service: 'test', destination: { write: (line) => logged.push(line) } });
  const owner = () => api.access.people.atConsole();
  return createImports({ directory, uploads: api.uploads, jobs: api.jobs, owner, logger, clock });
}

async function addFile(name: string, content = name): Promise<string> {
  const file = path.join(directory, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}
const jobs = async (): Promise<Job[]> => (await api.jobs.list({ limit: 50 }, 'everything')).jobs;
const titles = async (): Promise<(string | null)[]> => (await jobs()).map(({ title }) => title).toSorted();
async function runTwice(): Promise<void> {
  await imports.run();
  nowMs += STILL_MS;
  await imports.run();
}
const placed = ({ url }: Job): string => path.join(api.mediaDir, ownFilePath(ownFileId(url) ?? ''));

test('files that stand still: become jobs of the owner, linked, and stay as they are', async () => {
  const film = await addFile('Films/My film.mkv');
  await addFile('song.FLAC');
  const before = await stat(film);
  await runTwice();
  const owner = await api.access.people.atConsole();
  expect(await jobs()).toMatchObject([
    { title: 'My film', type: 'video', requesterId: owner.id },
    { title: 'song', type: 'audio', requesterId: owner.id },
  ]);
  const [first] = await jobs();
  const after = await stat(film);
  expect(first && (await stat(placed(first))).ino).toBe(before.ino);
  expect([after.size, after.mtimeMs, after.mode]).toEqual([before.size, before.mtimeMs, before.mode]);
});

test('the same file: is not taken twice, also after a restart; one that has changed is', async () => {
  const file = await addFile('film.mp4');
  await runTwice();
  imports = newImports();
  await runTwice();
  expect(await titles()).toEqual(['film']);
  await appendFile(file, 'more');
  await runTwice();
  expect(await titles()).toEqual(['film', 'film']);
});

test('a file that is still being written: waits until it stands still', async () => {
  const file = path.join(directory, 'film.mp4');
  await writeFile(file, 'a part');
  expect(await imports.run()).toBe(true);
  nowMs += STILL_MS;
  await appendFile(file, ' and more');
  expect(await imports.run()).toBe(true);
  nowMs += STILL_MS - 1;
  expect(await imports.run()).toBe(true);
  expect(await jobs()).toEqual([]);
  nowMs += 1;
  expect(await imports.run()).toBe(false);
  expect(await titles()).toEqual(['film']);
});

test.each(['.hidden.mp4', '.folder/film.mp4', 'film.mp4.part', 'film.crdownload', 'notes.txt', 'cover.jpg'])(
  '%s: is not taken',
  async (name) => {
    await addFile(name);
    await runTwice();
    expect(await jobs()).toEqual([]);
  },
);

test('links, and folders that lead out: are not followed', async () => {
  const outside = path.join(api.mediaDir, 'secret.mp4');
  await writeFile(outside, 'secret');
  await symlink(outside, path.join(directory, 'link.mp4'));
  await symlink(api.mediaDir, path.join(directory, 'folder'));
  await runTwice();
  expect(await jobs()).toEqual([]);
});

test('a file above MAX_SIZE: is named in the log once, and keeps no other', async () => {
  const file = await addFile('huge.mkv');
  await truncate(file, MAX_SIZE + 1);
  await addFile('small.mkv');
  await runTwice();
  await runTwice();
  expect(await titles()).toEqual(['small']);
  expect(logged.filter((line) => line.includes('file not imported'))).toHaveLength(1);
});

test('a disk without room: the file is taken when there is some', async () => {
  await addFile('film.mp4');
  const place: Place = (...placement) => api.uploads.place(...placement);
  let isFull = true;
  const uploads = {
    place: (...call: Parameters<Place>) => (isFull ? Promise.reject(new Error('ENOSPC')) : place(...call)),
  };
  const logger = createLogger({ service: 'test', level: 'silent' });
  imports = createImports({
    directory,
    uploads,
    jobs: api.jobs,
    owner: () => api.access.people.atConsole(),
    logger,
    clock,
  });
  await runTwice();
  expect(await jobs()).toEqual([]);
  isFull = false;
  await imports.run();
  expect(await titles()).toEqual(['film']);
});

test('a file that changes while it is taken: leaves nothing, and is taken later', async () => {
  const file = await addFile('film.mp4');
  const place: Place = (...placement) => api.uploads.place(...placement);
  const uploads = {
    place: (upload: Parameters<Place>[0], id: string, put: Parameters<Place>[2]) =>
      place(upload, id, async (target) => {
        await appendFile(file, '!');
        await put(target);
      }),
  };
  const logger = createLogger({ service: 'test', level: 'silent' });
  const owner = () => api.access.people.atConsole();
  await createImportsTwice({ directory, uploads, jobs: api.jobs, owner, logger, clock });
  expect(await jobs()).toEqual([]);
  await runTwice();
  const [job] = await jobs();
  expect(job && (await readFile(placed(job), 'utf8'))).toBe('film.mp4!');
});

async function createImportsTwice(options: Parameters<typeof createImports>[0]): Promise<void> {
  const changed = createImports(options);
  await changed.run();
  nowMs += STILL_MS;
  await changed.run();
}

test('the watch: takes a file soon after it was moved in', async () => {
  const aside = path.join(api.mediaDir, 'moved.mp4');
  await writeFile(aside, 'film');
  const logger = createLogger({ service: 'test', level: 'silent' });
  let runs = 0;
  const counted: Imports = {
    run() {
      runs += 1;
      nowMs += STILL_MS;
      return imports.run();
    },
  };
  const watch = startImportWatch({ directory, imports: counted, isMediaReady: () => true, logger });
  try {
    await eventually(() => expect(runs).toBe(1));
    await rename(aside, path.join(directory, 'moved.mp4'));
    await eventually(() => expect(runs).toBeGreaterThan(1));
    await link(path.join(directory, 'moved.mp4'), path.join(directory, 'notes.txt')); // another change
    await eventually(async () => expect(await titles()).toEqual(['moved']));
  } finally {
    await watch.stop();
  }
});
