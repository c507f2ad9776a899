import type { MediaType } from '@linkcast/contracts';
import type { Language } from '@linkcast/texts';

/** The meaning of a pressed button. Its data is a letter and the id of a database row, or a language; it holds no link. */
export type ButtonMeaning =
  | { readonly kind: 'choose'; readonly offerId: number; readonly type: MediaType }
  | { readonly kind: RequestAction; readonly rowId: number };

/** The actions of the buttons under a status message. */
export type RequestAction = 'cancel' | 'retry' | 'share' | 'unshare';

const ACTIONS: Readonly<Record<string, RequestAction>> = { c: 'cancel', r: 'retry', s: 'share', u: 'unshare' };

export const buttonData = {
  choose: (offerId: number, type: MediaType) => `${type === 'video' ? 'v' : 'a'}:${offerId}`,
  cancel: (rowId: number) => `c:${rowId}`,
  retry: (rowId: number) => `r:${rowId}`,
  share: (rowId: number) => `s:${rowId}`,
  unshare: (rowId: number) => `u:${rowId}`,
  language: (language: Language) => `l:${language}`,
};

/** The meaning of a button's data; undefined for data that no button of the bot has. */
export function readButtonData(data: string): ButtonMeaning | undefined {
  const [, letter = '', digits] = /^([vacrsu]):(\d{1,15})$/.exec(data) ?? [];
  const id = Number(digits);
  if (letter === 'v' || letter === 'a')
    return { kind: 'choose', offerId: id, type: letter === 'v' ? 'video' : 'audio' };
  const action = ACTIONS[letter];
  return action === undefined ? undefined : { kind: action, rowId: id };
}
