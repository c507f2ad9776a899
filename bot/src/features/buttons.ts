import type { Texts } from '@linkcast/texts';
import { isExpired } from '../requests/list-question.ts';
import { readButtonData, type ButtonMeaning, type RequestAction } from '../telegram/button-data.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { ButtonPress } from '../telegram/person-update.ts';
import { requestKey } from '../requests/request-key.ts';
import { onPress, type Feature, type FeatureDeps } from './feature.ts';
import { receiveLink } from './received-link.ts';

/** The note over the chat after a press. */
type PressNote = keyof Texts['bot']['note'];

/** The buttons: Video and Audio under a pasted link; the others under a status message. */
export const buttons: Feature = (bot, deps) => {
  bot.on(
    'callback_query',
    onPress((press) => {
      let note: PressNote | undefined;
      deps.updates.runOnce(press, () => (note = handlePress(press, deps)));
      const notes = deps.languages.textsFor(press.userId).bot.note;
      void deps.messenger.answerPress(press.queryId, note && notes[note]); // never rejects
    }),
  );
};

/** Performs the button's action; returns the note for the person. */
function handlePress(press: ButtonPress, deps: FeatureDeps): PressNote {
  const meaning = readButtonData(press.data);
  if (!meaning) return 'tooLate';
  if (meaning.kind === 'choose') return choose(press, meaning, deps);
  const request = deps.requests.get(meaning.rowId);
  if (request?.chatId !== press.chatId) return 'tooLate'; // data can be forged, with the row of another chat
  return actions[meaning.kind](request, press.userId, deps);
}

/** Adds a request for the offered link. The question becomes its status message. */
function choose(
  { chatId, userId, messageId }: ButtonPress,
  { offerId, type }: Extract<ButtonMeaning, { kind: 'choose' }>,
  deps: FeatureDeps,
): PressNote {
  const { botId, conversations } = deps;
  const url = conversations.takeOffer(chatId, offerId);
  if (url === undefined) return 'tooLate';
  const key = requestKey({ botId, chatId, messageId });
  receiveLink({ key, chatId, userId, url, type, statusMessageId: messageId }, deps);
  return 'onIt';
}

/** Stores what the person asks for. A worker makes the call in their name, and yt-app decides. */
type Action = (request: MediaRequest, actorId: number, deps: FeatureDeps) => PressNote;

const actions: Record<RequestAction, Action> = {
  cancel(request, actorId, { requests }) {
    if (request.state === 'ended') return 'tooLate';
    if (request.question && actorId !== request.userId) return 'notAsked';
    // Without a job there is nothing that yt-app could decide about: the request is its requester's.
    if (request.state !== 'watching' && actorId !== request.userId) return 'notYours';
    // The requester's own wish replaces that of somebody else, which yt-app may refuse.
    if (!request.isCancelAsked || actorId === request.userId) requests.askCancel(request.id, actorId);
    return 'cancelling';
  },
  stop({ state, jobId, chatId, isCancelAsked }, actorId, { outbox }) {
    if (state !== 'watching' || jobId === null || isCancelAsked) return 'tooLate';
    outbox.writeDeferred(chatId, { kind: 'stop-job', userId: actorId, jobId });
    return 'onIt';
  },
  retry(request, actorId, { requests }) {
    // A job that waits for its next try belongs to a request that still watches it.
    if ((request.state !== 'ended' && request.state !== 'watching') || isReady(request)) return 'tooLate';
    requests.askRetry(request, actorId);
    return 'retrying';
  },
  share(request, actorId, { requests }) {
    if (!isReady(request) || request.share.state !== 'unshared') return 'tooLate';
    requests.shares.ask(request.id, actorId);
    return 'sharing';
  },
  unshare(request, actorId, { requests }) {
    if (!isReady(request) || request.share.state !== 'shared') return 'tooLate';
    requests.shares.askRevoke(request.id, actorId);
    return 'stopping';
  },
  keep: (request, actorId, deps) => withItem(request, { kind: 'keep-item', userId: actorId }, deps) ?? 'keeping',
  audio: (request, actorId, deps) => withItem(request, { kind: 'make-audio', userId: actorId }, deps) ?? 'onIt',
  fetch: (request, actorId, deps) => withItem(request, { kind: 'fetch-item', userId: actorId }, deps) ?? 'onIt',
  one: (request, actorId, deps) => answerQuestion(request, actorId, 'one', deps),
  all: (request, actorId, deps) => answerQuestion(request, actorId, 'all', deps),
};

interface ItemWish {
  readonly kind: 'keep-item' | 'make-audio' | 'fetch-item';
  readonly userId: number;
}

/** Stores a wish about the item of a request. @returns undefined when that was possible */
function withItem(request: MediaRequest, wish: ItemWish, { outbox }: FeatureDeps): 'tooLate' | undefined {
  const { ending, chatId } = request;
  const mediaId = ending?.kind === 'job' ? ending.job.mediaId : null;
  if (!isReady(request) || mediaId === null) return 'tooLate';
  outbox.writeDeferred(chatId, { ...wish, mediaId });
  return undefined;
}

/** Submits the request with the videos that its requester has chosen. A second press finds no question. */
function answerQuestion(
  request: MediaRequest,
  actorId: number,
  choice: 'one' | 'all',
  { requests }: FeatureDeps,
): PressNote {
  if (!request.question || request.isCancelAsked) return 'tooLate';
  if (actorId !== request.userId) return 'notAsked';
  if (isExpired(request, Date.now())) return 'questionClosed'; // its message says so within ten minutes
  requests.questions.answer(request.id, choice);
  return 'onIt';
}

function isReady({ ending }: MediaRequest): boolean {
  return ending?.kind === 'job' && ending.job.state === 'ready';
}
