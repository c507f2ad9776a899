import type { ItemFacts, JobState, Progress, SourceFacts } from '@linkcast/contracts';
import type { PipelineReporter } from '../../src/pipeline/run/pipeline-reporter.ts';

/** Records the reports of a pipeline, in order. */
export interface Record extends PipelineReporter {
  readonly states: JobState[];
  readonly progress: Progress[];
  facts?: SourceFacts;
  whenPlayable?: ItemFacts;
}

export function createRecord({ onPlayable }: { onPlayable?: () => void } = {}): Record {
  const record: Record = {
    states: [],
    progress: [],
    resolved(facts) {
      record.facts = facts;
      return Promise.resolve(true);
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
