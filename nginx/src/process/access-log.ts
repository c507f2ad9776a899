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

/** Receiver of nginx's access log. */
export interface AccessLog {
  /** Loopback UDP port that nginx sends to. */
  readonly port: number;
  stop(): void;
}

/**
 * Receives nginx's access log and writes it to the log of the service: responses below 400 at debug, below 500 at info, others
 * at warn. By syslog over loopback, because the standard output that nginx gets from us is a socket, which it cannot open.
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
  if (!line.success) return; // not a line of our nginx
  const { status } = line.data;
  const level = status >= 500 ? 'warn' : status >= 400 ? 'info' : 'debug';
  logger[level]({ ...line.data, path: maskTokens(line.data.path) }, 'request');
}
