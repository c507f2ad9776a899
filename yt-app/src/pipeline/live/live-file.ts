import { constants } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { pause, writeAt, writeFileAtomic } from '@linkcast/kit';
import { z } from 'zod';
import { readPart } from '../tracks/kept-place.ts';

/** The place that a recording has reached. */
const LivePlace = z.object({
  /** Bytes of the file that are whole segments. */
  bytes: z.number().int().nonnegative(),
  /** The number of the last segment. */
  sequence: z.number().int().nonnegative(),
  /** The initialisation section that the file begins with. */
  map: z.string().nullable(),
  /** The target duration of the source when the recording began: its segments are listed by it. */
  targetSeconds: z.number().positive(),
});
export type LivePlace = z.infer<typeof LivePlace>;

/** The bytes of a live source as they came, in a file with which the next run of an interrupted job continues. */
export interface LiveFile {
  readonly file: string;
  /** The place that it has reached; null: it is empty. */
  readonly place: LivePlace | null;
  readonly bytes: number;
  /** Adds whole segments, and remembers the place. */
  append(bytes: Buffer, place: Omit<LivePlace, 'bytes'>): Promise<void>;
  /** Ends the file: its readers end with it. */
  end(): void;
  /**
   * All bytes from the beginning; waits for those that follow until the file is ended.
   *
   * @param onWait called at least once a second, also while nothing comes.
   */
  read(onWait: () => void): AsyncGenerator<Buffer, void>;
  close(): Promise<void>;
}

const READ_BYTES = 1 << 20;
const WAIT_MS = 1000;

export async function openLiveFile(file: string): Promise<LiveFile> {
  const placeFile = `${file}.place`;
  const handle = await open(file, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  let place = await readPlace(placeFile, handle);
  let end = place?.bytes ?? 0;
  await handle.truncate(end); // a segment that is not whole comes again
  let hasEnded = false;
  let grown = new AbortController();
  const wake = (): void => {
    grown.abort();
    grown = new AbortController();
  };

  return {
    file,
    get place() {
      return place;
    },
    get bytes() {
      return end;
    },
    async append(bytes, reached) {
      await writeAt(handle, bytes, end);
      end += bytes.length;
      place = { ...reached, bytes: end };
      wake();
      await writeFileAtomic(placeFile, JSON.stringify(place), { durable: false });
    },
    end() {
      hasEnded = true;
      wake();
    },
    async *read(onWait) {
      for (let at = 0; ;) {
        const { signal } = grown; // before the end is read: a change after it wakes
        onWait();
        if (at < end) {
          const part = await readPart(handle, at, Math.min(READ_BYTES, end - at));
          at += part.length;
          yield part;
        } else if (hasEnded) return;
        else await pause(WAIT_MS, signal);
      }
    },
    close: () => handle.close(),
  };
}

/** @returns null when there is none that fits the file. */
async function readPlace(placeFile: string, handle: FileHandle): Promise<LivePlace | null> {
  const text = await readFile(placeFile, 'utf8').catch(() => 'null'); // not written yet
  const parsed = LivePlace.nullable().safeParse(readJson(text)).data ?? null;
  const { size } = await handle.stat();
  return parsed && parsed.bytes <= size ? parsed : null;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
