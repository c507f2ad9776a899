import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  readOutput,
  startProgram,
  STOPPED_WALL,
  type PrintedOutcome,
  type Program,
  type SandboxKind,
} from '@linkcast/kit';
import {
  confineYtDlp,
  MAX_MEMORY_BYTES,
  MAX_STDERR_BYTES,
  proxyEnvironment,
  pythonCommand,
  pythonEnvironment,
  ytDlpEnvironment,
  type DownloaderFiles,
} from './ytdlp-confinement.ts';

/**
 * Processes of yt-dlp that have loaded, and wait for the arguments of one run. Loading its modules and compiling the URL patterns of 1750
 * extractors takes 0.4 to 0.5 s, which whoever sends a link does not wait for then. Each takes 45 MB, ends with its run, and is confined
 * like any other yt-dlp: what a site takes over has served no other job.
 */
export interface SpareProcesses {
  /** Keeps processes of this yt-dlp, and of no other. */
  keep(files: DownloaderFiles): void;
  /** Gives a run to a process that waits; undefined when none of this yt-dlp does. It sees no file of the caller. */
  run(files: DownloaderFiles, run: SpareRun): Promise<PrintedOutcome> | undefined;
  /** Those that wait. */
  count(): number;
  /** Ends those that wait. */
  stop(): Promise<void>;
}

export interface SpareRun {
  readonly args: readonly string[];
  /** Contains a password. */
  readonly proxyUrl: string;
  readonly wallSeconds: number;
  readonly signal: AbortSignal;
}

export interface SpareOptions {
  /** Marks the programs of this worker, see killLeftovers. */
  readonly owner: string;
  readonly sandbox: SandboxKind;
  /** Those that wait. */
  readonly count: number;
  /** Milliseconds from a run to the start of the next process: the job that has begun needs the processor. Default 5000. */
  readonly afterMs?: number;
}

/**
 * `suitable` compiles the URL pattern of an extractor. It is no public interface of yt-dlp: without it, a run compiles the patterns itself.
 * Standard input ends without a run when the worker does.
 */
const WAIT_FOR_RUN = `
import json, os, sys
import yt_dlp
try:
    for extractor in yt_dlp.extractor.gen_extractor_classes():
        extractor.suitable('https://localhost/')
except Exception:
    pass
given = sys.stdin.read()
if given:
    run = json.loads(given)
    os.environ.update(run['environment'])
    yt_dlp.main(run['args'])
`;

interface Spare {
  readonly program: Program;
  readonly release: string | undefined;
}

/** The first one is started when the worker has begun to ask for work. */
const FIRST_AFTER_MS = 1000;

export function createSpareProcesses(options: SpareOptions): SpareProcesses {
  const { afterMs = 5000 } = options;
  const waiting = new Set<Spare>();
  let wanted: DownloaderFiles | undefined;
  let timer: NodeJS.Timeout | undefined;

  const fill = async (): Promise<void> => {
    if (!wanted || waiting.size >= options.count) return;
    const files = wanted;
    const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-spare-'));
    // meanwhile it may have been stopped, or another one started
    if (wanted !== files || waiting.size >= options.count) return rm(directory, { recursive: true, force: true });
    const spare = { program: startSpare(files, directory, options), release: files.release };
    waiting.add(spare);
    void spare.program.outcome.then(async () => {
      waiting.delete(spare); // it could not wait, or was not given a run
      await rm(directory, { recursive: true, force: true });
    });
    fillLater();
  };
  const fillLater = (ms = afterMs): void => {
    clearTimeout(timer);
    if (waiting.size >= options.count) return;
    timer = setTimeout(() => void fill().catch(() => undefined), ms); // on a full disk there is none
    timer.unref();
  };
  const end = async (spares: readonly Spare[]): Promise<void> => {
    for (const spare of spares) waiting.delete(spare);
    await Promise.all(spares.map(({ program }) => program.stop('it is not needed')));
  };

  return {
    keep(files) {
      wanted = files;
      void end([...waiting].filter(({ release }) => release !== files.release));
      fillLater(Math.min(FIRST_AFTER_MS, afterMs));
    },
    run(files, run) {
      const spare = [...waiting].find(({ release }) => release === files.release);
      if (spare) waiting.delete(spare);
      fillLater();
      return spare && runSpare(spare.program, run);
    },
    count: () => waiting.size,
    async stop() {
      wanted = undefined;
      clearTimeout(timer);
      await end([...waiting]);
    },
  };
}

function startSpare(files: DownloaderFiles, directory: string, { owner, sandbox }: SpareOptions): Program {
  return startProgram({
    ...pythonCommand(WAIT_FOR_RUN),
    env: { ...ytDlpEnvironment(directory, { ...files, owner }), ...pythonEnvironment(files) },
    cwd: directory,
    stdin: 'pipe',
    stdout: 'pipe',
    graceSeconds: 0,
    maxMemoryBytes: MAX_MEMORY_BYTES,
    maxStderrBytes: MAX_STDERR_BYTES,
    confinement: confineYtDlp(sandbox, files, [directory]),
  });
}

async function runSpare(program: Program, { args, proxyUrl, wallSeconds, signal }: SpareRun): Promise<PrintedOutcome> {
  const onAbort = (): void => void program.stop('aborted');
  const timer = setTimeout(() => void program.stop(STOPPED_WALL), wallSeconds * 1000);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    const output = readOutput(program);
    program.stdin?.on('error', () => undefined); // it has ended: its outcome gives the reason
    program.stdin?.end(JSON.stringify({ args, environment: proxyEnvironment(proxyUrl) }));
    return await output;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
