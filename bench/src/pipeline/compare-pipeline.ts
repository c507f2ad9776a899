import type { Row } from '../table.ts';
import type { ByHandFigures } from './measure-by-hand.ts';
import type { JobFigures } from './measure-job.ts';
import type { MemoryFigures } from './measure-memory.ts';
import { benchTexts } from '../texts.ts';

export interface PipelineFigures {
  readonly job: JobFigures;
  readonly byHand: ByHandFigures;
  readonly memory: MemoryFigures;
  readonly memoryJobs: number;
  /** Of one processor, 0 to 1. */
  readonly scrubShare: number;
}

const say = benchTexts;

/** Targets of a job: seconds, times, bytes, parts of a processor. */
const TARGETS = {
  playable: 1.8,
  sooner: 40,
  readyAfterLastByte: 2,
  processor: 1.15,
  memory: 150e6,
  verification: 0.05,
  scrub: 0.05,
};

/** Sets the figures beside those of the other way and beside their targets. */
export function comparePipeline({ job, byHand, memory, memoryJobs, scrubShare }: PipelineFigures): Row[] {
  const sooner = byHand.playable / job.playable;
  const verified = job.verification / (job.processor - job.verification);
  const processor = job.processor / byHand.processor;
  return [
    {
      figure: say.rows.playable,
      ours: say.seconds(job.playable),
      byHand: say.seconds(byHand.playable),
      target: say.atMost(say.seconds(TARGETS.playable)),
      isMet: job.playable <= TARGETS.playable,
    },
    {
      figure: say.rows.sooner,
      ours: '',
      ratio: say.times(sooner),
      target: say.atLeast(say.times(TARGETS.sooner)),
      isMet: sooner >= TARGETS.sooner,
    },
    {
      figure: say.rows.ready,
      ours: say.seconds(job.readyAfterLastByte),
      byHand: say.seconds(byHand.readyAfterLastByte),
      target: say.atMost(say.seconds(TARGETS.readyAfterLastByte)),
      isMet: job.readyAfterLastByte <= TARGETS.readyAfterLastByte,
    },
    {
      figure: say.rows.processor,
      ours: say.seconds(job.processor),
      byHand: say.seconds(byHand.processor),
      ratio: say.times(processor),
      target: say.atMost(say.times(TARGETS.processor)),
      isMet: processor <= TARGETS.processor,
    },
    {
      figure: say.rows.verification,
      ours: say.seconds(job.verification),
      ratio: say.percent(verified),
      target: say.atMost(say.percent(TARGETS.verification)),
      isMet: verified <= TARGETS.verification,
    },
    { figure: say.rows.ownProcessor, ours: say.seconds(job.ownProcessor) },
    {
      figure: say.rows.memory(memoryJobs),
      ours: say.megabytes(memory.peak),
      target: say.below(say.megabytes(TARGETS.memory)),
      isMet: memory.peak < TARGETS.memory,
    },
    { figure: say.rows.idleMemory, ours: say.megabytes(memory.idle) },
    {
      figure: say.rows.scrub,
      ours: say.percent(scrubShare),
      target: say.atMost(say.percent(TARGETS.scrub)),
      isMet: scrubShare <= TARGETS.scrub,
    },
  ];
}
