import path from 'node:path';

const MAIN = /(?:^|\/)(?:dist\/)?([\w-]+)\/(?:src\/)?(?:([\w-]+)\/)?main\.[jt]s$/;

/**
 * The name of a process's program: for ours the part, such as `yt-app (Node)`, with the folder of its main file where that is
 * another program of the part (`icecast/intake (Node)`); of others the name of their file.
 */
export function programName(commandLine: readonly string[], file: string): string {
  const [, part, program] = commandLine.map((argument) => MAIN.exec(argument)).find((match) => match !== null) ?? [];
  if (part === undefined) return path.basename(file).replace(/ \(deleted\)$/, '');
  return `${program === undefined ? part : `${part}/${program}`} (Node)`;
}
