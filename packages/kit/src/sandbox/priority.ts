import { existsSync } from 'node:fs';

/** `idle`: the program gets what no other program of the machine wants of the processor and the disk. */
export type Priority = 'ordinary' | 'idle';

const IONICE = ['/usr/bin/ionice', '/bin/ionice'];

/** The start of a command line that sets the priority; the program follows. Children have the same one. */
export function priorityCommand(priority: Priority): string[] {
  if (priority === 'ordinary') return [];
  const ionice = IONICE.find((file) => existsSync(file)); // an image without util-linux's extras has none
  const disk = ionice === undefined ? [] : [ionice, '--class', 'idle', '--ignore'];
  return ['nice', '-n', '19', ...disk];
}
