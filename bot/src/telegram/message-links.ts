/** A part of a text that Telegram marked. Offsets and lengths are UTF-16 units, as in JavaScript. */
export interface MarkedText {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string | undefined;
}

const WRITTEN_LINK = /https?:\/\/[^\s<>"]+/gi;
/** What ends a sentence or a bracket rather than a link. */
const TRAILING = /[.,;:!?'’»)\]}]+$/;

/** The links in a text, in order, each once: those that Telegram marked, those hidden behind words, those just written. */
export function findLinks(text: string, marks: readonly MarkedText[]): string[] {
  const marked = marks.flatMap((mark) => {
    if (mark.type === 'text_link' && mark.url !== undefined) return [{ at: mark.offset, url: mark.url }];
    if (mark.type !== 'url') return [];
    return [{ at: mark.offset, url: withScheme(text.slice(mark.offset, mark.offset + mark.length)) }];
  });
  const isMarked = (at: number): boolean =>
    marks.some((m) => m.type === 'url' && at >= m.offset && at < m.offset + m.length);
  const written = [...text.matchAll(WRITTEN_LINK)]
    .filter((match) => !isMarked(match.index))
    .map((match) => ({ at: match.index, url: cutTrailing(match[0]) }));
  const inOrder = [...marked, ...written].sort((a, b) => a.at - b.at).map(({ url }) => url);
  return [...new Set(inOrder.filter((url) => /^https?:\/\/[^/]/i.test(url)))];
}

/** Telegram also marks `example.com/video` as a link. */
function withScheme(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `https://${url}`;
}

/** Cuts what follows a link in a sentence; a bracket stays when it was opened in the link. */
function cutTrailing(url: string): string {
  const tail = TRAILING.exec(url)?.[0];
  if (tail === undefined) return url;
  const isOpened = (url.includes('(') && tail.startsWith(')')) || (url.includes('[') && tail.startsWith(']'));
  const keep = isOpened ? 1 : 0;
  return url.slice(0, url.length - tail.length + keep);
}
