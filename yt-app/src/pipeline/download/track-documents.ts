import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TrackPlan } from '../plan/track-plan.ts';
import { DOCUMENT_FILE } from '../source/download-document.ts';
import type { ResolvedSource } from '../source/source-info.ts';

/** Creates the working directory of each track, with its download document in it. */
export async function writeTrackDocuments(
  tracks: readonly TrackPlan[],
  documents: ResolvedSource['documents'],
  workDirectory: string,
): Promise<void> {
  for (const { name, formatId } of tracks) {
    const document = documents.get(formatId);
    if (document === undefined) throw new Error(`the plan has a format that was not offered: ${formatId}`);
    const directory = path.join(workDirectory, name);
    await mkdir(directory, { recursive: true });
    await writeFile(path.join(directory, DOCUMENT_FILE), document, { mode: 0o600 });
  }
}
