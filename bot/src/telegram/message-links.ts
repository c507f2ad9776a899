/** A part of a text that Telegram marked. Offsets and lengths are UTF-16 units, as in JavaScript. */
export interface MarkedText {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string | undefined;
}

const WRITTEN_LINK = /https?:\/\/[^\s<>"]+/gi;
/** Characters at the end that belong to the sentence or a bracket, not to the link. */
const TRAILING = /[.,;:!?'’»)\]}]+$/;

/** The links in a text, in order, each once: marked by Telegram, behind words, or plain text. */
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

/** Adds the scheme where it is missing: Telegram also marks `example.com/video` as a link. */
function withScheme(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `https://${url}`;
}

/** Removes the sentence's characters from the end; a closing bracket stays when the link contains the opening one. */
function cutTrailing(url: string): string {
  const tail = TRAILING.exec(url)?.[0];
  if (tail === undefined) return url;
  const isOpened = (url.includes('(') && tail.startsWith(')')) || (url.includes('[') && tail.startsWith(']'));
  const keep = isOpened ? 1 : 0;
  return url.slice(0, url.length - tail.length + keep);
}
