/**
 * The way in which this machine can confine a program. `landlock`: the kernel checks every path that the program opens. `bubblewrap`:
 * the program has namespaces of its own and sees no other path. `none`: neither works here.
 */
export type SandboxKind = 'landlock' | 'bubblewrap' | 'none';

/**
 * The files and networks that a program may reach, even when an attacker controls it. Everything else is refused, except the system
 * directories (`/usr`, `/lib`, a few files of `/etc`), which it may read and execute. In any sandbox the program
 * sends no signals, never leaves its process group, makes no links or device files, changes no owners or modes, and
 * opens no Unix sockets.
 */
export interface Confinement {
  /** The result of {@link detectSandbox}; `none` confines nothing. */
  readonly sandbox: SandboxKind;
  /** Absolute paths of files, or of directories with all that is below, that it may read and execute. Missing ones are skipped. */
  readonly readable: readonly string[];
  /** Absolute paths of directories, or files, that it may also write. A path in both lists is writable. Missing ones are skipped. */
  readonly writable: readonly string[];
  /** `none`: it opens no socket at all. `shared`: TCP and UDP, as far as the machine's network goes. */
  readonly network: 'none' | 'shared';
  /** False: it may have threads, but no child processes. */
  readonly mayStartPrograms: boolean;
}
