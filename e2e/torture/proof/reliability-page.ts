import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withFigures } from './page.ts';
import { readRecords } from './records.ts';

const PAGE = path.resolve(import.meta.dirname, '../../../docs/reliability.md');

/** Writes the figures of all records into `docs/reliability.md`. */
export async function writeReliabilityPage(): Promise<void> {
  await writeFile(PAGE, withFigures(await readFile(PAGE, 'utf8'), await readRecords()));
}

/** Reports whether the page has the figures of the records that are kept. */
export async function isReliabilityPageUpToDate(): Promise<boolean> {
  const page = await readFile(PAGE, 'utf8');
  return page === withFigures(page, await readRecords());
}
