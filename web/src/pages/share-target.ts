/** The query of `/add`, filled by the share menu of a phone (Web Share Target) or by a link. */
export interface ShareTargetQuery {
  readonly url?: string;
  readonly text?: string;
  readonly title?: string;
}

/**
 * Finds the link in a shared query; empty when there is none. Apps use different fields: on Android mostly `text`,
 * after other words.
 */
export function readShareTarget({ url, text, title }: ShareTargetQuery): string {
  for (const field of [url, text, title]) {
    const found = field?.match(/https?:\/\/[^\s<>"]+/i)?.[0];
    if (found) return found.replace(/[.,;:!?)\]}'”’»]+$/, '');
  }
  return url?.trim() ?? '';
}
