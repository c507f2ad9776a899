import type { Confinement } from './confinement.ts';
import type { ReachablePaths } from './paths.ts';

/** Of root's privileges, the one that opens other people's files stays; only those in the sandbox are there. */
const DROP_PRIVILEGES = ['--cap-drop', 'ALL', '--cap-add', 'CAP_DAC_OVERRIDE'];

export interface BubblewrapOptions {
  readonly paths: ReachablePaths;
  readonly network: Confinement['network'];
  /** The descriptor from which bubblewrap reads the system call filter. */
  readonly filterDescriptor: number;
  readonly isRoot: boolean;
}

/**
 * The start of a command line that confines with bubblewrap; the program follows. It sees the named paths, its own
 * processes and nothing else; everything in it dies with bubblewrap, and bubblewrap with us. There is no `/tmp`: what is
 * written there would take memory without a bound. The inner `setpriv` gives 126 and 127 for a program that cannot
 * be run, where bubblewrap would give 1.
 */
export function bubblewrapCommand({ paths, network, filterDescriptor, isRoot }: BubblewrapOptions): string[] {
  const bind = (option: string, list: ReachablePaths['readable']): string[] =>
    list.flatMap(({ path }) => [option, path, path]);
  return [
    'bwrap',
    '--die-with-parent',
    ...(isRoot ? DROP_PRIVILEGES : ['--unshare-user']),
    '--unshare-pid',
    '--unshare-ipc',
    '--unshare-uts',
    '--unshare-cgroup-try',
    ...(network === 'none' ? ['--unshare-net'] : []),
    '--proc',
    '/proc',
    ...bind('--ro-bind', paths.readable),
    ...bind('--dev-bind', paths.devices),
    ...bind('--bind', paths.writable),
    '--remount-ro',
    '/',
    '--seccomp',
    String(filterDescriptor),
    '--',
    'setpriv',
    '--no-new-privs',
    '--',
  ];
}
