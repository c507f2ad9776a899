import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Refusal, type RefusalCode } from '../http/refusal.ts';
import type { UpstreamHandshake } from './handshake.ts';

/** A handshake on the connection to an outbound proxy. */
export interface Greeting {
  /** True when what follows is the target's. */
  isDone(): boolean;
  /** Takes bytes of the proxy. */
  read(bytes: Buffer): void;
  /** Waits until the proxy has connected to the target. @throws {Refusal} */
  finish(socket: Socket): Promise<void>;
}

/** Time for the connection to the proxy, and for its connection to the target, together; less than yt-dlp waits. */
const LIMIT_MS = 15_000;

/** @param limitMs milliseconds until the proxy has connected to the target. */
export function createGreeting(handshake: UpstreamHandshake, limitMs = LIMIT_MS): Greeting {
  const end = Promise.withResolvers<undefined>();
  let isDone = false;
  let proxy: Socket | undefined;

  return {
    isDone: () => isDone,
    read(bytes) {
      try {
        const answer = handshake.read(bytes);
        if (answer !== 'done') proxy?.write(answer);
        else {
          isDone = true;
          end.resolve(undefined);
        }
      } catch (error) {
        end.reject(error);
      }
    },
    async finish(socket) {
      proxy = socket;
      socket.once('timeout', () => socket.destroy());
      socket.write(handshake.greeting); // sent when the connection stands
      let code: RefusalCode = 'upstream-unreachable';
      socket.once('connect', () => (code = 'upstream-refused'));
      const timer = setTimeout(() => {
        code = 'upstream-timeout';
        socket.destroy();
      }, limitMs);
      const closed = once(socket, 'close').then(() => Promise.reject(new Error('closed')));
      try {
        await Promise.race([end.promise, closed]);
      } catch (error) {
        socket.destroy();
        throw error instanceof Refusal ? error : new Refusal(code, { cause: error });
      } finally {
        clearTimeout(timer);
        closed.catch(() => undefined); // it closes in the end
      }
    },
  };
}
