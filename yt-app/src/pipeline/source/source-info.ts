import { Problem } from '@linkcast/contracts';
import { z } from 'zod';
import { writeDownloadDocument } from './download-document.ts';
import { listedSeconds, SourceFormat } from './source-format.ts';

const text = z.string().nullish();
const number = z.number().nullish();

/** More formats than any honest source has; hostile ones list 130,000. */
const MAX_FORMATS = 2000;

/** The fields of yt-dlp's info JSON (`-J`) that the pipeline reads. Others are dropped. */
const InfoJson = z.object({
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
  /** The announced begin of a broadcast, in seconds since 1970. */
  release_timestamp: number,
  thumbnail: text,
  thumbnails: z.array(z.object({ url: z.string(), width: number })).nullish(),
  formats: z.array(z.looseObject({})).max(MAX_FORMATS).nullish(),
  _has_drm: z.boolean().nullish(),
  url: text,
});

/** A page with several videos. The first is taken. */
const VideoList = z.object({ _type: z.literal('playlist'), entries: z.array(z.looseObject({})) });

/** A source with those of its formats that can be downloaded. The format ids are ours. */
export type SourceInfo = Omit<z.infer<typeof InfoJson>, 'formats'> & { readonly formats: SourceFormat[] };

/** A source as `yt-dlp -J` describes it, and the document from which each of its formats is downloaded. */
export interface ResolvedSource {
  readonly info: SourceInfo;
  /** By the `format_id` of {@link SourceInfo.formats}. */
  readonly documents: ReadonlyMap<string, string>;
  /** True: the link is a list, of which this is the first video. False: the link names this video. */
  readonly isFirstOfList: boolean;
}

/**
 * Reads the output of `yt-dlp -J`.
 *
 * @throws {Problem} source-extractor: extractors pass on data of the site, which may have any form.
 */
export function parseSourceInfo(text: string): ResolvedSource {
  try {
    const content: unknown = JSON.parse(text);
    const first = VideoList.safeParse(content).data?.entries[0];
    return { ...readSource(first ?? content), isFirstOfList: first !== undefined };
  } catch (error) {
    throw new Problem('source-extractor', {}, { cause: error });
  }
}

function readSource(content: unknown): Omit<ResolvedSource, 'isFirstOfList'> {
  const info = InfoJson.parse(content);
  const formats: SourceFormat[] = [];
  const documents = new Map<string, string>();
  const offered: unknown[] = info.formats ?? (info.url ? [content] : []); // a source of one file may be its own format
  for (const [index, offer] of offered.entries()) {
    const id = `format${index}`;
    const document = writeDownloadDocument(offer);
    if (document !== undefined) documents.set(id, document);
    if (document !== undefined || isProtected(offer))
      formats.push(SourceFormat.parse({ ...(offer as object), format_id: id })); // InfoJson has only objects here
  }
  return { info: { ...info, formats }, documents };
}

/** A format with DRM is kept without a document: the plan refuses the source because of it. */
function isProtected(format: unknown): boolean {
  return z.object({ has_drm: z.literal(true) }).safeParse(format).success;
}

/** Reports whether the source is broadcast now. */
export function isLive({ is_live: isNow, live_status: status }: SourceInfo): boolean {
  return isNow === true || status === 'is_live';
}

/** Seconds of the source by its metadata, else of its longest format; null when neither is known. */
export function sourceDuration(info: SourceInfo): number | null {
  if (info.duration) return info.duration;
  const seconds = info.formats.reduce((most, format) => Math.max(most, listedSeconds(format) ?? 0), 0);
  return seconds > 0 ? seconds : null;
}
