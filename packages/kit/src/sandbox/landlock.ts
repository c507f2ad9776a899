import type { ExistingPath, ReachablePaths } from './paths.ts';

/**
 * The rights of Landlock's first version (Linux 5.13), which every kernel with Landlock has. Of the later ones `refer` is
 * refused whether it is listed or not, and the system call filter refuses what `truncate` would.
 */
const RIGHTS = [
  'execute',
  'write-file',
  'read-file',
  'read-dir',
  'remove-dir',
  'remove-file',
  'make-char',
  'make-dir',
  'make-reg',
  'make-sock',
  'make-fifo',
  'make-block',
  'make-sym',
];
const READ_FILE = ['read-file', 'execute'];
const READ_DIRECTORY = [...READ_FILE, 'read-dir'];
const WRITE_FILE = ['read-file', 'write-file'];
const WRITE_DIRECTORY = [...WRITE_FILE, 'read-dir', 'remove-dir', 'remove-file', 'make-dir', 'make-reg'];

/** Of root's privileges, the one that opens files in other people's directories stays; Landlock checks those all the same. */
const DROP_PRIVILEGES = ['--bounding-set=-all,+dac_override', '--inh-caps=-all'];

export interface LandlockOptions {
  readonly paths: ReachablePaths;
  /** Of the system call filter. */
  readonly filterFile: string;
  readonly isRoot: boolean;
}

/**
 * The start of a command line that confines with `setpriv` of util-linux 2.41 or newer; the program follows. A process in
 * a Landlock domain cannot trace or read processes outside of it either.
 */
export function landlockCommand({ paths, filterFile, isRoot }: LandlockOptions): string[] {
  const reads = paths.readable.map((path) => rule(path, path.isDirectory ? READ_DIRECTORY : READ_FILE));
  const writes = paths.writable.map((path) => rule(path, path.isDirectory ? WRITE_DIRECTORY : WRITE_FILE));
  const devices = paths.devices.map((path) => rule(path, WRITE_FILE));
  return [
    'setpriv',
    '--pdeathsig=SIGKILL',
    '--no-new-privs',
    ...(isRoot ? DROP_PRIVILEGES : []),
    `--seccomp-filter=${filterFile}`,
    `--landlock-access=fs:${RIGHTS.join(',')}`,
    ...[...reads, ...writes, ...devices].map((text) => `--landlock-rule=${text}`),
    '--',
  ];
}

function rule({ path }: ExistingPath, rights: readonly string[]): string {
  return `path-beneath:${rights.join(',')}:${path}`;
}
