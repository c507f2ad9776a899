import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Refusal, sendRefusal } from '../http/refusal.ts';
import { createResponseReader, type ResponseReader } from '../http/response-reader.ts';
import { connectTarget, IDLE_MS, type Writer } from './target-connection.ts';
import { resetWhenBroken, type TunnelOptions } from './tunnel.ts';

/**
 * Forwards a request without a tunnel on a connection of its own: one request, one response, both heads written anew, the
 * bodies unchanged. No later bytes on either connection can be read as another message.
 *
 * @param head of the request to the target.
 * @throws {Refusal} when the target cannot be reached; nothing is sent to the client then.
 */
export async function forwardRequest(request: IncomingMessage, head: string, options: TunnelOptions): Promise<void> {
  const { client, onReceived } = options;
  const reader = createResponseReader(request.method ?? 'GET');
  const target = await connectTarget({
    ...options,
    onBytes: (bytes, write) => {
      onReceived(bytes.length);
      if (!pass(bytes, { reader, write, client }) || reader.isComplete()) finish(client, target);
    },
  });
  client.setTimeout(IDLE_MS, () => client.destroy());
  target.write(head, 'latin1');
  request.pipe(target, { end: false });
  target.once('end', () => {
    if (!reader.hasHead()) sendRefusal(client, new Refusal('bad-response'));
    else if (reader.mayEnd()) client.destroySoon();
    else client.resetAndDestroy();
  });
  resetWhenBroken(client, target);
}

/** @returns false when the target does not speak HTTP. */
function pass(bytes: Buffer, to: { reader: ResponseReader; write: Writer; client: Socket }): boolean {
  try {
    for (const part of to.reader.read(bytes)) to.write(part);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    sendRefusal(to.client, error);
    return false;
  }
}

/** Closes the client's connection once it has everything; the target's is closed with it. */
function finish(client: Socket, target: Socket): void {
  target.pause();
  client.destroySoon();
}
