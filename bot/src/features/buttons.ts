import { texts } from '@linkcast/contracts';
import { readButtonData, type ButtonMeaning } from '../button-data.ts';
import type { MediaRequest } from '../request-store.ts';
import type { PressVisit } from '../visit.ts';
import { onPress, type Feature, type FeatureDeps } from './feature.ts';

const { note } = texts.bot;

/** Video and Audio under a pasted link; Cancel and Retry under a status message. */
export const buttons: Feature = (bot, deps) => {
  bot.on(
    'callback_query',
    onPress((visit) => {
      let answer: string | undefined;
      deps.intake.handOver(visit, () => (answer = press(visit, deps)));
      void deps.messenger.answerPress(visit.queryId, answer); // never throws; nobody waits for it
    }),
  );
};

/** Does what the button means; returns the note for the person. */
function press(visit: PressVisit, deps: FeatureDeps): string | undefined {
  const meaning = readButtonData(visit.data);
  if (!meaning) return note.tooLate;
  if (meaning.kind === 'choose') return choose(visit, meaning, deps);
  const request = deps.requests.get(meaning.requestId);
  if (request?.chatId !== visit.chatId) return note.tooLate; // data can be forged; another chat's requests are not theirs
  return meaning.kind === 'cancel' ? cancel(request, deps) : retry(request, deps);
}

/** The question becomes the status message of the request. */
function choose(
  { chatId, userId, messageId }: PressVisit,
  { offerId, type }: Extract<ButtonMeaning, { kind: 'choose' }>,
  { conversations, requests }: FeatureDeps,
): string {
  const url = conversations.takeOffer(chatId, offerId);
  if (url === undefined) return note.tooLate;
  requests.add({ key: `tg-${chatId}-${messageId}`, chatId, userId, url, type, statusMessageId: messageId });
  return note.onIt;
}

function cancel(request: MediaRequest, { requests }: FeatureDeps): string {
  if (request.state === 'ended') return note.tooLate;
  requests.askCancel(request.id);
  return note.cancelling;
}

function retry(request: MediaRequest, { requests }: FeatureDeps): string {
  const isReady = request.ending?.kind === 'job' && request.ending.job.state === 'ready';
  if (request.state !== 'ended' || isReady) return note.tooLate;
  requests.askRetry(request);
  return note.retrying;
}
