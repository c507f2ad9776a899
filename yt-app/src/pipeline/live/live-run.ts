import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { isProblem } from '@linkcast/contracts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import { KEPT_FOLDER } from '../run/work-folder.ts';
import { openLiveFile, type LiveFile } from './live-file.ts';
import { recordLive, type KnownSource, type RecordingEnd } from './live-recording.ts';
import { findLiveSource } from './live-source.ts';

/** The recording of a job. */
export interface LiveRun {
  readonly file: LiveFile;
  /** The target duration of the source when the recording began; 0 before its first segment. */
  readonly targetSeconds: number;
  /** Resolves when the source has ended, is lost, or the recording was stopped. */
  record(): Promise<void>;
  /** Ends the recording because no more may be recorded. */
  limit(): void;
  /** Ends the recording because its bytes are not wanted any more. */
  abandon(): void;
  /** The reason for its end; null: it goes on. */
  readonly end: RecordingEnd | null;
  close(): Promise<void>;
}

const FILE = 'live';

/** Opens the recording of a job, at the place that an earlier run has left. */
export async function openLiveRun(run: PipelineRun, source: KnownSource): Promise<LiveRun> {
  const directory = path.join(run.workDirectory, KEPT_FOLDER);
  await mkdir(directory, { recursive: true });
  const file = await openLiveFile(path.join(directory, FILE));
  const limited = new AbortController();
  const abandoned = new AbortController();
  let end: RecordingEnd | null = null;

  return {
    file,
    get targetSeconds() {
      return file.place?.targetSeconds ?? 0;
    },
    get end() {
      return end;
    },
    async record() {
      end = await recordLive(source, {
        file,
        fetchBytes: (...call) => run.egress.fetchBytes(...call), // another way may be taken meanwhile
        stallSeconds: run.stallSeconds,
        findSource: () => findLiveSource(run).catch(endOrThrow),
        stopped: run.enough,
        limited: limited.signal,
        signal: AbortSignal.any([run.signal, abandoned.signal]),
      });
      run.logger.info({ end, bytes: file.bytes }, 'recording ended');
    },
    limit: () => limited.abort(),
    abandon: () => abandoned.abort(),
    close: () => file.close(),
  };
}

/** A broadcast is over when the site has it no more, or does not show it. */
function endOrThrow(error: unknown): undefined {
  if (isProblem(error) && ['source-not-found', 'source-live', 'source-private'].includes(error.code)) return undefined;
  throw error;
}
