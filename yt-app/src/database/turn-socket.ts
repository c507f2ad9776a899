import { Socket } from 'node:net';

/** Creates a socket that sends at once what is written to it in one turn of the event loop, microtasks included. */
export function createTurnSocket(): Socket {
  const socket = new Socket();
  let isHeld = false;
  const hold = (): void => {
    if (isHeld) return;
    isHeld = true;
    socket.cork();
    process.nextTick(() => {
      isHeld = false;
      socket.uncork();
    });
  };
  // `connect` replaces the method of a subclass by that of Socket, so this is done after it.
  socket.once('connect', () => {
    const write = socket.write.bind(socket) as (...all: unknown[]) => boolean;
    socket.write = (...all: unknown[]) => {
      hold();
      return write(...all);
    };
  });
  return socket;
}
