import type { Socket } from 'node:net';
import { connectTarget, IDLE_MS, type TargetOptions } from './target-connection.ts';

export interface TunnelOptions extends Omit<TargetOptions, 'onBytes'> {
  /** Gets the number of bytes received from the target. */
  readonly onReceived: (bytes: number) => void;
}

/**
 * Answers CONNECT: connects to the target first, then passes bytes in both directions until one side ends.
 *
 * @param head bytes that the client sent directly after its request.
 * @throws {Refusal} when the target cannot be reached; nothing is sent to the client then.
 */
export async function openTunnel(head: Buffer, options: TunnelOptions): Promise<void> {
  const { client, onReceived } = options;
  const target = await connectTarget({
    ...options,
    onBytes: (bytes, write) => {
      onReceived(bytes.length);
      write(bytes);
    },
  });
  client.setTimeout(IDLE_MS, () => client.destroy());
  client.write('HTTP/1.1 200 Connection established\r\n\r\n');
  target.write(head);
  client.pipe(target);
  target.once('end', () => client.destroySoon());
  resetWhenBroken(client, target);
}

/** Resets the client's connection when the target's broke off: an orderly end would hide that bytes are missing. */
export function resetWhenBroken(client: Socket, target: Socket): void {
  target.once('close', () => {
    if (!target.readableEnded && !client.destroyed) client.resetAndDestroy();
  });
}
