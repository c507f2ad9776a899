import type { Texts } from '@linkcast/texts';
import { shorten } from '../telegram/message-draft.ts';

const MAX_NAME = 60;

/** The name of a check in the reader's language; as it came, when it is one of a newer yt-app. */
export function checkLabel(name: string, { checks }: Texts): string {
  return Object.hasOwn(checks, name) ? checks[name as keyof typeof checks] : shorten(name, MAX_NAME);
}
