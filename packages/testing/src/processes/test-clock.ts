import { access, glob, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A clock of some processes (libfaketime), which a test shifts while they run. Timers go on as before. */
export interface TestClock {
  /** For the environment of the processes. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sets the clock to so many seconds after the machine's; negative: before it. */
  shift(seconds: number): Promise<void>;
  close(): Promise<void>;
}

const SHARED_MEMORY = '/dev/shm/*faketime_s*_*';
const LIBRARIES = '/usr/lib/*/faketime/libfaketimeMT.so.1';

export async function createTestClock(): Promise<TestClock> {
  const library = await findLibrary();
  const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-clock-'));
  const file = path.join(directory, 'clock');
  const shift = async (seconds: number): Promise<void> => {
    await writeFile(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}s\n`);
    await rename(`${file}.new`, file); // a process never reads half of it
  };
  await shift(0);
  return {
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    shift,
    async close() {
      await removeSharedMemory();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A killed process leaves its shared memory behind. */
async function removeSharedMemory(): Promise<void> {
  for await (const file of glob(SHARED_MEMORY)) {
    const [, pid = ''] = /_(\d+)$/.exec(file) ?? [];
    const isRunning = await access(`/proc/${pid}`).then(
      () => true,
      () => false,
    );
    if (!isRunning) await rm(file, { force: true });
  }
}

async function findLibrary(): Promise<string> {
  for await (const library of glob(LIBRARIES)) return library;
  throw new Error('libfaketime is missing: install the package faketime');
}
