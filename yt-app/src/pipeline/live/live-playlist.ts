/** A segment of a live playlist (RFC 8216, 4.3). */
export interface LiveSegment {
  readonly sequence: number;
  readonly url: string;
  readonly seconds: number;
  /** AES-128 in CBC mode; null: not encrypted. */
  readonly key: LiveKey | null;
  /** The URL of the initialisation section; null: the segment needs none, as MPEG-TS. */
  readonly map: string | null;
}

export interface LiveKey {
  readonly url: string;
  /** 16 bytes in hexadecimal digits; null: the sequence number is used. */
  readonly iv: string | null;
}

export interface LivePlaylist {
  readonly targetSeconds: number;
  readonly segments: readonly LiveSegment[];
  /** True when the source has ended (`EXT-X-ENDLIST`). */
  readonly isEnded: boolean;
}

/** More than a day of segments of two seconds. */
const MAX_SEGMENTS = 50_000;
const MAX_TARGET_SECONDS = 60;

/**
 * Reads the media playlist of a live source.
 *
 * @param base the URL of the playlist.
 * @returns undefined for anything else: a master playlist, a page, ranges of files, or encryption of another kind.
 */
export function parseLivePlaylist(text: string, base: string): LivePlaylist | undefined {
  if (!text.trimStart().startsWith('#EXTM3U')) return undefined;
  const target = Number(/^#EXT-X-TARGETDURATION:(\d+)/m.exec(text)?.[1]);
  if (!Number.isFinite(target) || target < 1) return undefined;
  const reader = createReader(base, Number(/^#EXT-X-MEDIA-SEQUENCE:(\d+)/m.exec(text)?.[1] ?? 0));
  for (const line of text.split(/\r?\n/)) if (!reader.read(line.trim())) return undefined;
  return {
    targetSeconds: Math.min(target, MAX_TARGET_SECONDS),
    segments: reader.segments,
    isEnded: /^#EXT-X-ENDLIST/m.test(text),
  };
}

function createReader(base: string, first: number) {
  const segments: LiveSegment[] = [];
  let seconds = 0;
  let key: LiveKey | null = null;
  let map: string | null = null;

  /** @returns false when the line has what cannot be relayed. */
  const readTag = (name: string, value: string): boolean => {
    if (name === '#EXT-X-BYTERANGE') return false;
    if (name === '#EXTINF') seconds = Number.parseFloat(value) || 0;
    if (name === '#EXT-X-MAP') {
      const url = webUrl(attribute(value, 'URI'), base);
      if (url === undefined || attribute(value, 'BYTERANGE') !== undefined) return false;
      map = url;
    }
    if (name !== '#EXT-X-KEY') return true;
    const read = readKey(value, base);
    if (read === undefined) return false;
    key = read;
    return true;
  };
  return {
    segments,
    read(line: string): boolean {
      if (line === '') return true;
      const [, name = '', value = ''] = /^(#[^:]*):?(.*)$/.exec(line) ?? [];
      if (name !== '') return readTag(name, value);
      const url = webUrl(line, base);
      if (url === undefined || segments.length >= MAX_SEGMENTS) return false;
      segments.push({ sequence: first + segments.length, url, seconds, key, map });
      return true;
    },
  };
}

/** @returns null for no encryption; undefined for one that is not AES-128. */
function readKey(value: string, base: string): LiveKey | null | undefined {
  const method = attribute(value, 'METHOD');
  if (method === 'NONE') return null;
  const format = attribute(value, 'KEYFORMAT') ?? 'identity';
  const url = webUrl(attribute(value, 'URI'), base);
  if (method !== 'AES-128' || format !== 'identity' || url === undefined) return undefined;
  const iv = /^0x([0-9a-f]{1,32})$/i.exec(attribute(value, 'IV') ?? '')?.[1];
  return { url, iv: iv?.padStart(32, '0') ?? null };
}

/** The value of an attribute (RFC 8216, 4.2), without its quotation marks. */
function attribute(list: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|,)${name}=(?:"([^"]*)"|([^",]*))`).exec(list);
  return match?.[1] ?? match?.[2];
}

function webUrl(text: string | undefined, base: string): string | undefined {
  const url = text === undefined ? null : URL.parse(text, base);
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
