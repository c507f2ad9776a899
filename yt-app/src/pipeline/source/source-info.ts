import { Problem } from '@linkcast/contracts';
import { z } from 'zod';
import { writeDownloadDocument } from './download-document.ts';

/** What we read of yt-dlp's info JSON (`-J`). Everything else in it is left alone. */

const text = z.string().nullish();
const number = z.number().nullish();

/** More than any honest source has; hostile ones list 130,000. */
const MAX_FORMATS = 2000;

const Fragment = z.object({ duration: number });

export const SourceFormat = z.object({
  format_id: z.string(),
  ext: text,
  container: text,
  protocol: text,
  /** `none`: no such stream. Null: unknown. */
  vcodec: text,
  acodec: text,
  width: number,
  height: number,
  fps: number,
  /** Average bit rate, kbit/s. */
  tbr: number,
  filesize: number,
  filesize_approx: number,
  language_preference: number,
  has_drm: z.union([z.boolean(), z.string()]).nullish(),
  fragments: z.array(Fragment).nullish(),
});
export type SourceFormat = z.infer<typeof SourceFormat>;

const RawInfo = z.object({
  id: z.coerce.string(),
  title: text,
  uploader: text,
  channel: text,
  artist: text,
  extractor_key: text,
  webpage_url: text,
  duration: number,
  is_live: z.boolean().nullish(),
  live_status: text,
  thumbnail: text,
  thumbnails: z.array(z.object({ url: z.string(), width: number })).nullish(),
  formats: z.array(z.looseObject({})).max(MAX_FORMATS).nullish(),
  _has_drm: z.boolean().nullish(),
  url: text,
});

/** A source, with those of its formats that can be downloaded; their ids are ours. */
export type SourceInfo = Omit<z.infer<typeof RawInfo>, 'formats'> & { readonly formats: SourceFormat[] };

/** What `yt-dlp -J` said of a source, and the document that each of its formats is downloaded with. */
export interface ResolvedSource {
  readonly info: SourceInfo;
  /** By the `format_id` of {@link SourceInfo.formats}. */
  readonly documents: ReadonlyMap<string, string>;
}

/** A page with several videos; of those, the first is asked for. */
const FirstOfSeveral = z.object({ _type: z.literal('playlist'), entries: z.array(z.looseObject({})) });

/**
 * Reads what `yt-dlp -J` printed.
 *
 * @throws {Problem} source-extractor: what an extractor gives is made of what a site says, and may be anything.
 */
export function parseSourceInfo(text: string): ResolvedSource {
  try {
    const content: unknown = JSON.parse(text);
    return readSource(FirstOfSeveral.safeParse(content).data?.entries[0] ?? content);
  } catch (error) {
    throw new Problem('source-extractor', {}, { cause: error });
  }
}

function readSource(content: unknown): ResolvedSource {
  const raw = RawInfo.parse(content);
  const formats: SourceFormat[] = [];
  const documents = new Map<string, string>();
  const offered: unknown[] = raw.formats ?? (raw.url ? [content] : []); // a source with a single file may be its own format
  for (const [index, offer] of offered.entries()) {
    const id = `format${index}`;
    const document = writeDownloadDocument(offer);
    if (document !== undefined) documents.set(id, document);
    const isProtected = z.object({ has_drm: z.literal(true) }).safeParse(offer).success; // kept, because it explains a refusal
    if (document !== undefined || isProtected)
      formats.push(SourceFormat.parse({ ...(offer as object), format_id: id })); // parsed as objects
  }
  return { info: { ...raw, formats }, documents };
}

/** Seconds; from the metadata, or the longest of the formats. Null when the source does not say. */
export function sourceDuration(info: SourceInfo): number | null {
  if (info.duration) return info.duration;
  const seconds = info.formats.reduce((most, format) => Math.max(most, formatDuration(format) ?? 0), 0);
  return seconds > 0 ? seconds : null;
}

/** Seconds of a format by itself, whose sound may be shorter than the picture of another; null when it has no list. */
export function formatDuration({ fragments }: SourceFormat): number | null {
  // The first may be the initialisation alone, which lasts no time. Any other without a length leaves the whole unknown.
  const lengths = (fragments ?? []).map(({ duration }, index) => duration ?? (index === 0 ? 0 : Number.NaN));
  const seconds = lengths.reduce((sum, length) => sum + length, 0);
  return seconds > 0 ? seconds : null;
}

/** Bytes of a format, as announced or estimated; null when nothing is known. */
export function formatBytes(format: SourceFormat, durationSeconds: number | null): number | null {
  const announced = format.filesize ?? format.filesize_approx;
  if (announced) return Math.round(announced);
  if (format.tbr && durationSeconds) return Math.round((format.tbr * 1000 * durationSeconds) / 8);
  return null;
}

/** One line of 300 characters at most. */
export function sourceTitle(info: SourceInfo): string {
  return oneLine(info.title) || oneLine(info.id) || 'Untitled';
}

export function sourceUploader(info: SourceInfo): string | null {
  return oneLine(info.uploader) || oneLine(info.channel) || oneLine(info.artist) || null;
}

const MAX_CHARACTERS = 300;
/** Control characters (no program takes a NUL as an argument), and those that turn the direction of what follows. */
const UNPRINTABLE = /[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;

function oneLine(text: string | null | undefined): string {
  const plain = (text ?? '').toWellFormed().replaceAll(UNPRINTABLE, ' ').trim();
  return Array.from(plain).slice(0, MAX_CHARACTERS).join('').trimEnd();
}
