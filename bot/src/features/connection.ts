import { TELEGRAM_LINK_CODE, type Problem } from '@linkcast/contracts';
import type { Texts } from '@linkcast/texts';
import { buttonData, readLinkPress, type LinkPress } from '../telegram/button-data.ts';
import { escapeHtml, shorten, type MessageDraft } from '../telegram/message-draft.ts';
import type { ButtonPress, PersonUpdate } from '../telegram/person-update.ts';
import type { FeatureDeps } from './feature.ts';

const MAX_NAME = 50;

/** True for the code of a link that connects a Telegram account, as the site makes them; other codes are of invitations. */
export function isLinkCode(code: string): boolean {
  return TELEGRAM_LINK_CODE.test(code);
}

/**
 * Opens a link for the account that sent its code, and asks before anything is connected: whoever made the link may have sent it to
 * somebody else, whose account would then be theirs.
 */
export async function openLink(update: PersonUpdate, code: string, deps: FeatureDeps): Promise<void> {
  const { userId, chatId } = update;
  const { links, outbox, people, updates } = deps;
  const answer = await links.open(userId, code);
  updates.runOnce(update, () => {
    const texts = textsOf(update, deps);
    if (answer.kind === 'answered') outbox.write({ chatId, ...renderQuestion(answer.value, texts) });
    else if (answer.kind === 'unavailable') {
      if (people.mayHint(userId)) outbox.write({ chatId, text: escapeHtml(texts.bot.apiDownNow) });
    } else if (!answer.problem.retryable || people.mayHint(userId))
      outbox.write({ chatId, text: escapeHtml(sentenceOf(answer.problem, texts)) });
  });
}

/** The answer to the question that a pressed button has; undefined: it is another button. */
export function linkPressOf(update: PersonUpdate): LinkPress | undefined {
  return update.kind === 'press' && update.isPrivate ? readLinkPress(update.data) : undefined;
}

/** Connects the account, or leaves it. The question becomes the result; when that fails, the button can be pressed again. */
export async function answerQuestion(press: ButtonPress, answer: LinkPress, deps: FeatureDeps): Promise<void> {
  const { userId, chatId, messageId, queryId, languageCode } = press;
  const { languages, links, messenger } = deps;
  const show = (text: string): void => {
    void messenger.answerPress(queryId); // never rejects, as below
    void messenger.edit(chatId, messageId, { text: escapeHtml(text), keyboard: [] });
  };
  if (answer.kind === 'decline') {
    show(textsOf(press, deps).bot.connection.declined);
    return;
  }
  const result = await links.confirm(userId, answer.linkId);
  if (result.kind === 'answered') languages.setLanguageCode(userId, languageCode);
  const texts = textsOf(press, deps);
  if (result.kind === 'unavailable') void messenger.answerPress(queryId, texts.bot.apiDownNow);
  else if (result.kind === 'refused') show(sentenceOf(result.problem, texts));
  else show(`${texts.bot.connection.connected(shownName(result.value, texts))} ${texts.bot.unknownText}`);
}

function renderQuestion(link: { readonly id: string; readonly name: string | null }, texts: Texts): MessageDraft {
  const { connection: words } = texts.bot;
  return {
    text: escapeHtml(`${words.question(shownName(link, texts))}\n\n${words.warning}`),
    keyboard: [
      [
        { text: words.yes, data: buttonData.connect(link.id) },
        { text: words.no, data: buttonData.decline(link.id) },
      ],
    ],
  };
}

/** The name of a person, who has written it themselves: short, and in one line. */
function shownName({ name }: { readonly name: string | null }, { bot: words }: Texts): string {
  return name === null ? words.connection.unnamed : shorten(name.replaceAll(/\s+/g, ' '), MAX_NAME);
}

function sentenceOf({ code, facts }: Problem, { problems }: Texts): string {
  return problems[code].sentence(facts);
}

function textsOf({ userId, languageCode }: PersonUpdate, { people, languages }: FeatureDeps): Texts {
  const isKnown = people.roleOf(userId) !== undefined;
  return isKnown ? languages.textsFor(userId) : languages.textsForStranger(languageCode);
}
