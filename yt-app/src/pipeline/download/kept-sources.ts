import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { TrackPlan } from '../plan/track-plan.ts';
import { KEPT_FOLDER } from '../run/work-folder.ts';
import { openKeptSource, type KeptSource } from '../tracks/kept-source.ts';

/** The kept sources of a job. */
export interface KeptSources {
  /** Opens that of a track; null when its download could not be continued. */
  open(track: TrackPlan): Promise<KeptSource | null>;
  /** Frees their space: an interrupted job then begins anew. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

export function createKeptSources(workDirectory: string): KeptSources {
  const directory = path.join(workDirectory, KEPT_FOLDER);
  const opened: KeptSource[] = [];
  let isDropped = false;

  return {
    async open({ name, continuation }) {
      if (continuation === 'none' || isDropped) return null;
      await mkdir(directory, { recursive: true });
      const kept = await openKeptSource(path.join(directory, name), continuation);
      opened.push(kept);
      return kept;
    },
    async drop() {
      isDropped = true;
      await Promise.all(opened.map((kept) => kept.drop()));
    },
    async close() {
      await Promise.all(opened.map((kept) => kept.close()));
    },
  };
}
