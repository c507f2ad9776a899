import { rm, type FileHandle } from 'node:fs/promises';
import { writeAt } from '@linkcast/kit';

/** The file of a kept source, whose space is freed when it is needed more than the file. */
export interface KeptFile {
  /** Writes at its own place: a worker that has lost its lease without noticing would write the same bytes again. */
  write(chunk: Buffer, position: number): Promise<void>;
  /** The bytes of the earlier run are not wanted any more. */
  endReading(): Promise<void>;
  need(): boolean;
  drop(): Promise<void>;
  /** From now on, another program writes the file. It goes on when the file is dropped: what it writes is freed each second. */
  leaveToProgram(): void;
  /** The program has ended. */
  endDropping(): void;
}

const FREE_EVERY_MS = 1000;

/** @param hasUnread true while the bytes of an earlier run are still wanted: they are freed after that. */
export function createKeptFile(handle: FileHandle, file: string, hasUnread: boolean): KeptFile {
  let use: 'kept' | 'needed' | 'dropped' = 'kept';
  let isUnread = hasUnread;
  let isLeft = false;
  let freeing: NodeJS.Timeout | undefined;

  const free = async (): Promise<void> => {
    await handle.truncate();
    await rm(file, { force: true });
    if (isLeft) freeing ??= setInterval(() => void handle.truncate().catch(() => undefined), FREE_EVERY_MS);
  };
  const drop = async (): Promise<void> => {
    if (use !== 'kept') return;
    use = 'dropped';
    if (!isUnread) await free();
  };
  return {
    async write(chunk, position) {
      if (use === 'dropped') return;
      try {
        await writeAt(handle, chunk, position);
      } catch (error) {
        if (use === 'needed') throw error;
        await drop(); // nothing is kept of a source that could not be written, for example on a full disk
      }
    },
    async endReading() {
      isUnread = false;
      if (use === 'dropped') await free();
    },
    need() {
      if (use === 'kept') use = 'needed';
      return use === 'needed';
    },
    drop,
    leaveToProgram: () => void (isLeft = true),
    endDropping: () => clearInterval(freeing),
  };
}
