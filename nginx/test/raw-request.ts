import net from 'node:net';

/** Sends a text as it is, and gives everything that comes back until the server hangs up. */
export async function sendRaw(port: number, text: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => undefined); // a reset is as good as an end
  socket.setTimeout(20_000, () => socket.destroy());
  socket.write(text, 'latin1');
  await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks).toString('latin1');
}
