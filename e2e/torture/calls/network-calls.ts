import { Socket } from 'node:net';
import { SystemError, type CallCounter } from './failing-call.ts';

type Call = (this: Socket, ...args: unknown[]) => unknown;
/** Node writes to a connection with these; a pipe of a program is no connection. */
const CALLS = ['connect', '_write', '_writev'] as const;

/** Resets a connection when it is the turn of its opening or of a write: to a server of ours, a source, or PostgreSQL. */
export function failNetworkCalls(counter: CallCounter): void {
  const calls = Socket.prototype as unknown as Record<string, Call>;
  for (const name of CALLS) {
    const call = calls[name];
    if (!call) throw new Error(`a socket has no ${name}`);
    calls[name] = function (...args) {
      const isConnection = name === 'connect' || this.remoteAddress !== undefined;
      if (isConnection && counter.isNext(`socket ${name}`))
        process.nextTick(() => this.destroy(new SystemError('ECONNRESET', name)));
      return call.apply(this, args);
    };
  }
}
