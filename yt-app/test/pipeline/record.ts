import type { ItemFacts, JobState, Progress, SourceFacts, TriedWays, WorkCookies } from '@linkcast/contracts';
import type { PipelineReporter } from '../../src/pipeline/run/pipeline-reporter.ts';

/** Records the reports of a pipeline, in order. */
export interface Record extends PipelineReporter {
  readonly states: JobState[];
  readonly progress: Progress[];
  triedWays: TriedWays;
  readonly changedCookies: WorkCookies[];
  facts?: SourceFacts;
  whenPlayable?: ItemFacts;
}

interface RecordOptions {
  readonly onResolved?: () => Promise<void>;
  readonly onPlayable?: () => void;
}

export function createRecord({ onResolved, onPlayable }: RecordOptions = {}): Record {
  const record: Record = {
    states: [],
    progress: [],
    triedWays: [],
    changedCookies: [],
    cookies: (changed) => void record.changedCookies.push(changed),
    tried: (ways) => void (record.triedWays = ways),
    async resolved(facts) {
      record.facts = facts;
      await onResolved?.();
      return true;
    },
    entered: (state) => void record.states.push(state),
    progressed: (progress) => void record.progress.push(progress),
    playable(facts) {
      record.whenPlayable = facts;
      onPlayable?.();
    },
    verified: () => Promise.resolve(),
  };
  return record;
}
