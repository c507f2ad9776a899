/** The fields of yt-dlp's info JSON that name a source and its author. */
export interface SourceNaming {
  readonly id: string;
  readonly title?: string | null | undefined;
  readonly uploader?: string | null | undefined;
  readonly channel?: string | null | undefined;
  readonly artist?: string | null | undefined;
}

/** One line of 300 characters at most. */
export function sourceTitle(source: SourceNaming): string {
  return oneLine(source.title) || oneLine(source.id) || 'Untitled';
}

/** One line of 300 characters at most; null when the source names no author. */
export function sourceUploader(source: SourceNaming): string | null {
  return oneLine(source.uploader) || oneLine(source.channel) || oneLine(source.artist) || null;
}

const MAX_CHARACTERS = 300;
/** Control characters (no program accepts NUL in an argument), and those that change the direction of the text after them. */
const UNPRINTABLE = /[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;

function oneLine(text: string | null | undefined): string {
  const plain = (text ?? '').toWellFormed().replaceAll(UNPRINTABLE, ' ').trim();
  return Array.from(plain).slice(0, MAX_CHARACTERS).join('').trimEnd();
}
