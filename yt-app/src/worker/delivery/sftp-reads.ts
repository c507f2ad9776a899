import type { SFTPWrapper } from 'ssh2';

/** All servers send so many bytes at once. */
const CHUNK_BYTES = 32 * 1024;
/** Requests on their way: with one at a time, a distant server would be slow. */
const AT_ONCE = 64;

/** Reads a whole file from an SFTP server, with many requests at once; the chunks come in order. */
export async function* readAhead(sftp: SFTPWrapper, place: string): AsyncGenerator<Buffer> {
  const handle = await new Promise<Buffer>((resolve, reject) => {
    sftp.open(place, 'r', (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  try {
    const { size } = await new Promise<{ size: number }>((resolve, reject) => {
      sftp.fstat(handle, (error, stats) => (error ? reject(error) : resolve(stats)));
    });
    const waiting: Promise<Buffer>[] = [];
    for (let offset = 0; offset < size || waiting.length > 0;) {
      while (offset < size && waiting.length < AT_ONCE) {
        const chunk = readChunk(sftp, handle, offset, Math.min(CHUNK_BYTES, size - offset));
        chunk.catch(() => undefined); // its turn comes, or another one has failed before
        waiting.push(chunk);
        offset += CHUNK_BYTES;
      }
      const next = waiting.shift();
      if (next) yield await next;
    }
  } finally {
    sftp.close(handle, () => undefined); // the connection may have ended
  }
}

/** Servers may send less than was asked for. */
async function readChunk(sftp: SFTPWrapper, handle: Buffer, offset: number, length: number): Promise<Buffer> {
  const chunk = Buffer.allocUnsafe(length);
  let bytes = 0;
  while (bytes < length) {
    const read = await new Promise<number>((resolve, reject) => {
      sftp.read(handle, chunk, bytes, length - bytes, offset + bytes, (error, count) =>
        error ? reject(error) : resolve(count),
      );
    });
    if (read === 0) throw new Error('the file ended early');
    bytes += read;
  }
  return chunk;
}
