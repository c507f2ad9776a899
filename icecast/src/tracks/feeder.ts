import { writeFileAtomic, type Logger } from '@linkcast/kit';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Airing, Programme } from './track-selector.ts';

/** Answers `intake/main.ts`, which asks for a file each time ezstream wants one. */
export interface Feeder {
  /** What was handed over last; undefined before the first time. */
  readonly airing: Airing | undefined;
  stop(): Promise<void>;
}

export interface FeederOptions {
  readonly programme: Programme;
  /** Unix socket that is listened on. */
  readonly socketPath: string;
  /** File that gets the title of what is handed over. */
  readonly titleFile: string;
  readonly logger: Logger;
}

const MAX_SOCKET_PATH_BYTES = 107; // sockaddr_un

/** @throws when the socket's path is too long, or cannot be listened on. */
export async function createFeeder({ programme, socketPath, titleFile, logger }: FeederOptions): Promise<Feeder> {
  if (Buffer.byteLength(socketPath) > MAX_SOCKET_PATH_BYTES) {
    throw new Error(
      `the path of the feeder's socket is over ${MAX_SOCKET_PATH_BYTES} bytes: choose a shorter DATA_DIR`,
    );
  }
  let airing: Airing | undefined;
  const handOver = async (): Promise<string> => {
    const next = await programme.next();
    await writeFileAtomic(titleFile, `${next.title}\n`, { durable: false });
    const isNews = next.mediaId !== undefined || airing?.mediaId !== undefined || airing === undefined;
    logger[isNews ? 'info' : 'debug']({ mediaId: next.mediaId }, 'on air');
    airing = next;
    return next.file;
  };

  const server = createServer((socket) => {
    socket.on('error', (error) => logger.debug({ err: error }, 'who asked is gone'));
    handOver().then(
      (file) => socket.end(`${file}\n`),
      (error: unknown) => {
        logger.error({ err: error }, 'nothing could be handed over');
        socket.destroy(); // the asker goes on with silence
      },
    );
  });
  await rm(socketPath, { force: true }); // a predecessor's
  server.listen(socketPath);
  await once(server, 'listening');

  return {
    get airing() {
      return airing;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
