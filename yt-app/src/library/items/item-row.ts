import { MediaType, Rendition } from '@linkcast/contracts';
import { z } from 'zod';
import type { LibraryItem, ItemRecord } from './item-record.ts';
import { titleKey } from './title-key.ts';

/** A row of the table `media` as SQLite gives it. */
export const ItemRow = z.object({
  id: z.string(),
  type: MediaType,
  title: z.string(),
  uploader: z.string().nullable(),
  source_url: z.string(),
  source_key: z.string(),
  extractor: z.string().nullable(),
  source_id: z.string().nullable(),
  duration_seconds: z.number().nullable(),
  bytes: z.number(),
  renditions: z.string(),
  handling: z.enum(['copied', 'encoded']),
  state: z.enum(['playable', 'ready']),
  job_id: z.string().nullable(),
  has_poster: z.number(),
  has_file: z.number(),
  created_at: z.number(),
  aired_at: z.number().nullable(),
});
export type ItemRow = z.infer<typeof ItemRow>;

export function toRecord(row: ItemRow): ItemRecord {
  return {
    id: row.id,
    type: row.type,
    title: row.title,
    uploader: row.uploader,
    sourceUrl: row.source_url,
    sourceKey: row.source_key,
    extractor: row.extractor,
    sourceId: row.source_id,
    durationSeconds: row.duration_seconds,
    bytes: row.bytes,
    renditions: z.array(Rendition).parse(JSON.parse(row.renditions)),
    handling: row.handling,
    state: row.state,
    jobId: row.job_id,
    hasPoster: row.has_poster === 1,
    hasFile: row.has_file === 1,
    createdAt: row.created_at,
    airedAt: row.aired_at,
  };
}

/** The columns to write; `title_key` is derived here and nowhere else read. */
export function toRow(facts: LibraryItem): Omit<ItemRow, 'aired_at'> & { title_key: string } {
  return {
    id: facts.id,
    type: facts.type,
    title: facts.title,
    title_key: titleKey(facts.title),
    uploader: facts.uploader,
    source_url: facts.sourceUrl,
    source_key: facts.sourceKey,
    extractor: facts.extractor,
    source_id: facts.sourceId,
    duration_seconds: facts.durationSeconds,
    bytes: facts.bytes,
    renditions: JSON.stringify(facts.renditions),
    handling: facts.handling,
    state: facts.state,
    job_id: facts.jobId,
    has_poster: Number(facts.hasPoster),
    has_file: Number(facts.hasFile),
    created_at: facts.createdAt,
  };
}
