/** What an app hands over through the share menu (Web Share Target), or a link to `/add?url=…`. */
export interface ShareTargetQuery {
  readonly url?: string;
  readonly text?: string;
  readonly title?: string;
}

/**
 * The link in what was shared. Apps put it where they like: Android's usually into `text`, behind some words.
 * Empty when there is none.
 */
export function readShareTarget({ url, text, title }: ShareTargetQuery): string {
  for (const field of [url, text, title]) {
    const found = field?.match(/https?:\/\/[^\s<>"]+/i)?.[0];
    if (found) return found.replace(/[.,;:!?)\]}'”’»]+$/, '');
  }
  return url?.trim() ?? '';
}
