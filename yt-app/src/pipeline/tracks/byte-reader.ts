import { PassThrough, pipeline, type Readable } from 'node:stream';

/**
 * Copies the output of a program into a stream that may be left unread for a while. When a child process ends, Node
 * discards output that has not been read.
 */
export function keepUnread(stdout: Readable): Readable {
  return pipeline(stdout, new PassThrough(), () => undefined); // an error reaches the reader of the copy
}

/** Reads exactly `count` bytes, or fewer at the end of the stream; leaves the rest in the stream. */
export async function readBytes(stream: Readable, count: number, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let missing = count;
  while (missing > 0) {
    signal.throwIfAborted();
    const chunk = readChunk(stream, missing);
    if (chunk) {
      chunks.push(chunk);
      missing -= chunk.length;
    } else if (stream.readableEnded || stream.destroyed) break;
    else await readableOrEnd(stream, signal);
  }
  return Buffer.concat(chunks);
}

function readChunk(stream: Readable, maxBytes: number): Buffer | null {
  const available = Math.min(maxBytes, stream.readableLength);
  const chunk = (available > 0 ? stream.read(available) : stream.read()) as Buffer | null; // no encoding is set: buffers
  if (chunk === null || chunk.length <= maxBytes) return chunk;
  stream.unshift(chunk.subarray(maxBytes)); // a stream without bytes may get any number of them when it is read
  return chunk.subarray(0, maxBytes);
}

function readableOrEnd(stream: Readable, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const name of ['readable', 'end', 'close', 'error']) stream.off(name, done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    for (const name of ['readable', 'end', 'close', 'error']) stream.on(name, done);
    signal.addEventListener('abort', done);
  });
}
