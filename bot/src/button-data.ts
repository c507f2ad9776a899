import type { MediaType } from '@linkcast/contracts';

/** What a pressed button means. The data is a letter and a row's id: short, and nothing of the link is in it. */
export type ButtonMeaning =
  | { readonly kind: 'choose'; readonly offerId: number; readonly type: MediaType }
  | { readonly kind: 'cancel'; readonly requestId: number }
  | { readonly kind: 'retry'; readonly requestId: number };

export const buttonData = {
  choose: (offerId: number, type: MediaType) => `${type === 'video' ? 'v' : 'a'}:${offerId}`,
  cancel: (requestId: number) => `c:${requestId}`,
  retry: (requestId: number) => `r:${requestId}`,
};

/** The meaning of a button's data; undefined for data that no button of ours has. */
export function readButtonData(data: string): ButtonMeaning | undefined {
  const [, letter, digits] = /^([vacr]):(\d{1,15})$/.exec(data) ?? [];
  const id = Number(digits);
  if (letter === 'v' || letter === 'a')
    return { kind: 'choose', offerId: id, type: letter === 'v' ? 'video' : 'audio' };
  if (letter === 'c') return { kind: 'cancel', requestId: id };
  if (letter === 'r') return { kind: 'retry', requestId: id };
  return undefined;
}
