import { writeFileAtomic, type Logger } from '@linkcast/kit';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { SelectedTrack, TrackSelector } from './track-selector.ts';

/** A server on a Unix socket that answers `intake/main.ts`, which requests a file each time ezstream needs one. */
export interface Feeder {
  /** The last track that was sent; undefined before the first request. */
  readonly current: SelectedTrack | undefined;
  stop(): Promise<void>;
}

export interface FeederOptions {
  readonly selector: TrackSelector;
  /** Path of the Unix socket. */
  readonly socketPath: string;
  /** Path of the file that gets the title of each track. */
  readonly titleFile: string;
  readonly logger: Logger;
}

const MAX_SOCKET_PATH_BYTES = 107; // sockaddr_un

/** Starts the feeder. @throws when the socket's path is too long, or the socket cannot be created. */
export async function createFeeder({ selector, socketPath, titleFile, logger }: FeederOptions): Promise<Feeder> {
  if (Buffer.byteLength(socketPath) > MAX_SOCKET_PATH_BYTES) {
    throw new Error(
      `the path of the feeder's socket is over ${MAX_SOCKET_PATH_BYTES} bytes: choose a shorter DATA_DIR`,
    );
  }
  let current: SelectedTrack | undefined;
  const selectNext = async (): Promise<string> => {
    const next = await selector.next();
    await writeFileAtomic(titleFile, `${next.title}\n`, { durable: false });
    const isRepeatedSilence = next.mediaId === undefined && current !== undefined && current.mediaId === undefined;
    logger[isRepeatedSilence ? 'debug' : 'info']({ mediaId: next.mediaId }, 'on air');
    current = next;
    return next.file;
  };

  const server = createServer((socket) => {
    socket.on('error', (error) => logger.debug({ err: error }, 'client disconnected'));
    selectNext().then(
      (file) => socket.end(`${file}\n`),
      (error: unknown) => {
        logger.error({ err: error }, 'no track selected');
        socket.destroy(); // the intake then uses silence
      },
    );
  });
  await rm(socketPath, { force: true }); // left by a killed feeder
  server.listen(socketPath);
  await once(server, 'listening');

  return {
    get current() {
      return current;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
