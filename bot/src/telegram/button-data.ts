import type { MediaType, RetentionAnswer } from '@linkcast/contracts';
import type { Language } from '@linkcast/texts';

/** The meaning of a pressed button. Its data is a letter and the id of a row of a database, or a choice; it holds no link. */
export type ButtonMeaning =
  | { readonly kind: 'choose'; readonly offerId: number; readonly type: MediaType }
  | { readonly kind: RequestAction; readonly rowId: number };

/** The actions of the buttons under a status message; `one` and `all` are the answers to its question. */
export type RequestAction =
  'cancel' | 'stop' | 'retry' | 'share' | 'unshare' | 'keep' | 'audio' | 'fetch' | 'one' | 'all';

const ACTIONS: Readonly<Record<string, RequestAction>> = {
  c: 'cancel',
  t: 'stop',
  r: 'retry',
  s: 'share',
  u: 'unshare',
  h: 'keep',
  m: 'audio',
  b: 'fetch',
  o: 'one',
  f: 'all',
};

const RETENTION = { keep: 'k', delete: 'd', later: 'w' } as const satisfies Record<RetentionAnswer['answer'], string>;

/** The actions of the buttons of a followed list. */
export type FollowingAction = 'pause' | 'go' | 'stop';
const FOLLOWING = { pause: 'p', go: 'g', stop: 'x' } as const satisfies Record<FollowingAction, string>;

export const buttonData = {
  choose: (offerId: number, type: MediaType) => `${type === 'video' ? 'v' : 'a'}:${offerId}`,
  cancel: (rowId: number) => `c:${rowId}`,
  stop: (rowId: number) => `t:${rowId}`,
  retry: (rowId: number) => `r:${rowId}`,
  share: (rowId: number) => `s:${rowId}`,
  unshare: (rowId: number) => `u:${rowId}`,
  keep: (rowId: number) => `h:${rowId}`,
  audio: (rowId: number) => `m:${rowId}`,
  fetch: (rowId: number) => `b:${rowId}`,
  one: (rowId: number) => `o:${rowId}`,
  all: (rowId: number) => `f:${rowId}`,
  language: (language: Language) => `l:${language}`,
  reports: (isOn: boolean) => `e:${isOn ? 'on' : 'off'}`,
  retention: (questionId: string, answer: RetentionAnswer['answer']) => `${RETENTION[answer]}:${questionId}`,
  follow: (offerId: number, type: MediaType) => `${type === 'video' ? 'i' : 'j'}:${offerId}`,
  following: (listId: string, action: FollowingAction) => `${FOLLOWING[action]}:${listId}`,
  connect: (linkId: string) => `y:${linkId}`,
  decline: (linkId: string) => `n:${linkId}`,
};

/** The answer to the question of a link: connect the Telegram account to the person, or do not. */
export type LinkPress = { readonly kind: 'connect'; readonly linkId: string } | { readonly kind: 'decline' };

/** The answer that a button's data has; undefined for other data. */
export function readLinkPress(data: string): LinkPress | undefined {
  const [, letter, linkId = ''] = /^([yn]):([a-z2-7]{20})$/.exec(data) ?? [];
  if (letter === undefined) return undefined;
  return letter === 'y' ? { kind: 'connect', linkId } : { kind: 'decline' };
}

/** The meaning of a button's data; undefined for data that no button of the bot has. */
export function readButtonData(data: string): ButtonMeaning | undefined {
  const [, letter = '', digits] = /^([vacrsuhmboft]):(\d{1,15})$/.exec(data) ?? [];
  const id = Number(digits);
  if (letter === 'v' || letter === 'a')
    return { kind: 'choose', offerId: id, type: letter === 'v' ? 'video' : 'audio' };
  const action = ACTIONS[letter];
  return action === undefined ? undefined : { kind: action, rowId: id };
}

/** Matches the data of the buttons under a question about an unwatched item. */
export const retentionButton = /^([kdw]):([a-z2-7]{20})$/;

/** The answer to such a question that a button's data has; undefined for other data. */
export function readRetentionPress(
  data: string,
): { readonly questionId: string; readonly answer: RetentionAnswer['answer'] } | undefined {
  const [, letter, questionId = ''] = retentionButton.exec(data) ?? [];
  const answer = (['keep', 'delete', 'later'] as const).find((each) => RETENTION[each] === letter);
  return answer && { questionId, answer };
}

/** Matches the data of the buttons that choose the type of a list to follow. */
export const followButton = /^([ij]):(\d{1,15})$/;

/** The offer and the type that such a button chooses; undefined for other data. */
export function readFollowPress(data: string): { readonly offerId: number; readonly type: MediaType } | undefined {
  const [, letter, digits] = followButton.exec(data) ?? [];
  return letter === undefined ? undefined : { offerId: Number(digits), type: letter === 'i' ? 'video' : 'audio' };
}

/** Matches the data of the buttons of a followed list. */
export const followingButton = /^([pgx]):([a-z2-7]{20})$/;

/** The list and the action of such a button; undefined for other data. */
export function readFollowingPress(
  data: string,
): { readonly listId: string; readonly action: FollowingAction } | undefined {
  const [, letter, listId = ''] = followingButton.exec(data) ?? [];
  const action = (['pause', 'go', 'stop'] as const).find((each) => FOLLOWING[each] === letter);
  return action && { listId, action };
}
