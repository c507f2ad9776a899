import type { ItemFacts } from '@linkcast/contracts';
import { planDownload } from '../plan/download-plan.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import { sourceFacts } from '../source/source-facts.ts';
import type { ResolvedSource } from '../source/source-info.ts';
import { openLiveRun, type LiveRun } from './live-run.ts';
import { liveSourceOf } from './live-source.ts';
import { readSavedRecording, saveRecording, type SavedRecording } from './saved-recording.ts';

/** A recording, from its plan to its item. */
export interface LiveItem extends SavedRecording {
  readonly live: LiveRun;
}

/** Begins the recording of a source that is live. @throws {Problem} source-live when it cannot be relayed, and as the plan of any source. */
export async function beginRecording(run: PipelineRun, { info, documents }: ResolvedSource): Promise<LiveItem> {
  const plan = planDownload(info, run.job, run.limits);
  const source = liveSourceOf(documents.get(plan.tracks[0]?.formatId ?? ''));
  const facts = { ...sourceFacts(info, null), isLive: true };
  const recording = { plan, facts, thumbnail: info.thumbnail ?? null };
  await saveRecording(run, recording);
  return { ...recording, live: await openLiveRun(run, source) };
}

/**
 * Goes on with the recording of an interrupted job; when the source is over, or nobody wants more of it, with what is there.
 *
 * @returns undefined when an earlier run has left nothing.
 */
export async function continueRecording(run: PipelineRun): Promise<LiveItem | undefined> {
  const recording = await readSavedRecording(run);
  if (!recording) return undefined;
  return { ...recording, live: await openLiveRun(run, run.enough.aborted ? undefined : 'unknown') };
}

/** The facts of the item at the end of the recording. */
export function recordedFacts(facts: ItemFacts, { end }: LiveRun): ItemFacts {
  return { ...facts, isLive: false, recording: end };
}
