import { bubblewrapCommand } from './bubblewrap.ts';
import type { Confinement } from './confinement.ts';
import { filterFile } from './filter-file.ts';
import { landlockCommand } from './landlock.ts';
import { reachablePaths } from './paths.ts';
import { priorityCommand, type Priority } from './priority.ts';

/** The first descriptor behind standard error. */
const FILTER_DESCRIPTOR = 3;

/** The command line that starts a program in its sandbox, and how its exit is read. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** A file that the wrapper reads on {@link FILTER_DESCRIPTOR}. It is opened for each start. */
  readonly filterFile?: string;
}

export interface BoundedProgram {
  readonly file: string;
  readonly args: readonly string[];
  readonly maxMemoryBytes?: number | undefined;
  readonly confinement?: Confinement | undefined;
  readonly priority?: Priority | undefined;
}

/** Wraps a program: priority first, then the memory limit, then the sandbox. Outside Linux the program runs without wrappers. */
export function boundedCommand({ file, args, maxMemoryBytes, confinement, priority }: BoundedProgram): Command {
  if (process.platform !== 'linux') return { file, args };
  // RLIMIT_DATA and not RLIMIT_AS: V8 reserves far more addresses than it uses.
  const limits = maxMemoryBytes === undefined ? [] : ['prlimit', `--data=${maxMemoryBytes}`, '--'];
  const sandbox = sandboxCommand(confinement);
  const wrappers = [...priorityCommand(priority ?? 'ordinary'), ...limits, ...sandbox.words];
  const [first = file, ...rest] = [...wrappers, file, ...args];
  return { file: first, args: rest, ...(sandbox.filterFile === undefined ? {} : { filterFile: sandbox.filterFile }) };
}

/** The wrapper's command line up to the program, and the file that it reads on {@link FILTER_DESCRIPTOR}. */
function sandboxCommand(confinement: Confinement | undefined): { words: readonly string[]; filterFile?: string } {
  if (confinement === undefined || confinement.sandbox === 'none')
    return { words: ['setpriv', '--pdeathsig', 'SIGKILL', '--no-new-privs', '--'] };
  const common = { paths: reachablePaths(confinement), isRoot: process.getuid?.() === 0 };
  const file = filterFile(confinement);
  if (confinement.sandbox === 'landlock') return { words: landlockCommand({ ...common, filterFile: file }) };
  return {
    words: bubblewrapCommand({ ...common, network: confinement.network, filterDescriptor: FILTER_DESCRIPTOR }),
    filterFile: file,
  };
}
