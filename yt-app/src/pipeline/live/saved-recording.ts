import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { MediaType, SourceFacts } from '@linkcast/contracts';
import { writeFileAtomic } from '@linkcast/kit';
import { z } from 'zod';
import type { DownloadPlan } from '../plan/download-plan.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import { KEPT_FOLDER } from '../run/work-folder.ts';

/** The names of a recording and its renditions: the next run of an interrupted job makes the same item, even when the source is over. */
const SavedRecording = z.object({
  facts: SourceFacts,
  thumbnail: z.string().nullable(),
  track: z.object({
    name: z.string(),
    formatId: z.string(),
    renditions: z.array(
      z.object({
        name: z.string(),
        kind: MediaType,
        handling: z.enum(['copied', 'encoded', 'unknown']),
        height: z.number().nullable(),
      }),
    ),
    bitsPerSecond: z.number().nullable(),
  }),
  withMp3: z.boolean(),
});

export interface SavedRecording {
  readonly plan: DownloadPlan;
  readonly facts: SourceFacts;
  readonly thumbnail: string | null;
}

type Place = Pick<PipelineRun, 'workDirectory'>;

const FILE = 'recording.json';

export async function saveRecording(run: Place, { plan, facts, thumbnail }: SavedRecording): Promise<void> {
  const file = fileOf(run);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFileAtomic(file, JSON.stringify({ facts, thumbnail, track: plan.tracks[0], withMp3: plan.withMp3 }));
}

/** @returns undefined when no earlier run has saved one. */
export async function readSavedRecording(run: Place): Promise<SavedRecording | undefined> {
  const text = await readFile(fileOf(run), 'utf8').catch(() => undefined); // none was saved
  if (text === undefined) return undefined;
  const { facts, thumbnail, track, withMp3 } = SavedRecording.parse(JSON.parse(text));
  return { facts, thumbnail, plan: livePlan(track, withMp3) };
}

/** The plan of a recording: one track, whose length and size nobody knows. */
function livePlan(track: z.infer<typeof SavedRecording>['track'], withMp3: boolean): DownloadPlan {
  const unknown = { estimatedBytes: null, durationSeconds: null };
  const live = { delivery: 'inspected', continuation: 'none', keepTimestamps: false, primary: true } as const;
  return { tracks: [{ ...track, ...live, ...unknown }], withMp3, isLive: true, ...unknown };
}

function fileOf({ workDirectory }: Place): string {
  return path.join(workDirectory, KEPT_FOLDER, FILE);
}
