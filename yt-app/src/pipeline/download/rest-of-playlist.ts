/** Advertisements, which yt-dlp leaves out, are marked in several ways. */
const ADVERTISEMENT = /^#(?:ANVATO-SEGMENT-INFO|UPLYNK-SEGMENT)/m;

/**
 * Removes the first fragments of an HLS media playlist (RFC 8216), as yt-dlp counts them: the initialisation section is one. What
 * later segments need stays: keys, the number from which an initialisation vector follows, and the place in a file of ranges.
 *
 * @returns undefined when the playlist has no more than these, or one that yt-dlp would count in another way.
 */
export function skipFragments(playlist: string, count: number): string | undefined {
  if (ADVERTISEMENT.test(playlist) || !playlist.includes('#EXT-X-ENDLIST')) return undefined;
  const reader = createSkipper(count);
  const lines = playlist.split(/\r?\n/).flatMap((line) => reader.read(line.trim()));
  return reader.hasMore() ? lines.join('\n') : undefined;
}

function createSkipper(count: number) {
  let left = count;
  let sequence = 0;
  let rangeEnd = 0;
  let kept = 0;

  const skip = (): string[] => {
    left -= 1;
    sequence += 1; // yt-dlp counts the initialisation section, too
    return left === 0 ? [`#EXT-X-MEDIA-SEQUENCE:${sequence}`] : [];
  };
  const readRange = (value: string): string[] => {
    const [length, start = String(rangeEnd)] = value.split('@');
    rangeEnd = Number(start) + Number(length);
    return left > 0 ? [] : [`#EXT-X-BYTERANGE:${length}@${start}`];
  };
  return {
    hasMore: () => left === 0 && kept > 0,
    /** @returns the lines in the place of this one. */
    read(line: string): string[] {
      const [tag, value = ''] = /^(#EXT[^:]*):?(.*)$/.exec(line)?.slice(1) ?? [];
      if (tag === '#EXT-X-MEDIA-SEQUENCE') {
        sequence = Number(value);
        return [];
      }
      if (tag === '#EXT-X-BYTERANGE') return readRange(value);
      const isFragment = tag === '#EXT-X-MAP' || (line !== '' && !line.startsWith('#'));
      if (left > 0) {
        if (isFragment) return skip();
        return tag === '#EXTINF' ? [] : [line];
      }
      if (isFragment) kept += 1;
      return [line];
    },
  };
}
