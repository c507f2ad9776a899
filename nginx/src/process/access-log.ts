import { parseJson, type Logger } from '@linkcast/kit';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { z } from 'zod';
import { maskTokens } from './token-mask.ts';

/** One request, as `log_format requests` writes it. */
const LogLine = z.object({
  remote: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.coerce.number(),
  bytes: z.coerce.number(),
  seconds: z.coerce.number(),
  requestId: z.string(),
});

/** Takes nginx's access log and writes it with the other lines of the service. */
export interface AccessLog {
  /** Loopback UDP port that nginx sends to. */
  readonly port: number;
  stop(): void;
}

/**
 * nginx cannot open the pipe that a parent process gave it as standard output (it is a socket), so its access log comes
 * as syslog over loopback. Requests that went well are logged at debug, refused ones at info, failed ones at warn.
 */
export async function createAccessLog(logger: Logger): Promise<AccessLog> {
  const socket = createSocket('udp4');
  socket.on('message', (message) => logRequest(logger, message.toString('utf8')));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { port: socket.address().port, stop: () => void socket.close() };
}

function logRequest(logger: Logger, message: string): void {
  const line = LogLine.safeParse(parseJson(message.slice(message.indexOf('{'))));
  if (!line.success) return; // not from our nginx
  const { status } = line.data;
  const level = status >= 500 ? 'warn' : status >= 400 ? 'info' : 'debug';
  logger[level]({ ...line.data, path: maskTokens(line.data.path) }, 'request');
}
