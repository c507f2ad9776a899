import path from 'node:path';
import { YtDlpVersion } from '@linkcast/contracts';
import { parseJson, readIfThere, writeFileAtomic } from '@linkcast/kit';
import { z } from 'zod';

/** More releases than are refused before a newer one makes the oldest of them irrelevant. */
const MOST_BAD = 50;

const Notes = z.object({
  /** The release before the current one; null: the installed yt-dlp. */
  previous: YtDlpVersion.nullable(),
  /** Releases that are not taken again. */
  bad: z.array(YtDlpVersion),
  rolledBack: z.object({ from: YtDlpVersion, to: YtDlpVersion }).nullable(),
  /** Time of the last check for a release that was answered, in milliseconds since 1970. */
  checkedAt: z.number().nullable(),
});
/** A worker's notes about the releases of yt-dlp, kept beside them. */
export type ReleaseNotes = z.infer<typeof Notes>;

const NONE: ReleaseNotes = { previous: null, bad: [], rolledBack: null, checkedAt: null };

/** Reads the notes. Missing or damaged ones are empty: the worst is that a bad release is tried once more. */
export async function readNotes(folder: string): Promise<ReleaseNotes> {
  const text = await readIfThere(fileOf(folder));
  return Notes.safeParse(text === undefined ? undefined : parseJson(text)).data ?? NONE;
}

/** Changes the notes, whole or not at all. */
export async function changeNotes(folder: string, changes: Partial<ReleaseNotes>): Promise<void> {
  const notes = { ...(await readNotes(folder)), ...changes };
  await writeFileAtomic(fileOf(folder), JSON.stringify({ ...notes, bad: notes.bad.slice(-MOST_BAD) }));
}

function fileOf(folder: string): string {
  return path.join(folder, 'notes.json');
}
