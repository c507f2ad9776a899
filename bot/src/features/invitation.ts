import type { Texts } from '@linkcast/texts';
import type { Acceptance } from '../people/people-directory.ts';
import { escapeHtml } from '../telegram/message-draft.ts';
import type { PersonUpdate } from '../telegram/person-update.ts';
import type { FeatureDeps } from './feature.ts';

const START_WITH_CODE = /^\/start(?:@\w+)? +(\S{1,64})\s*$/;

/** The code of `/start <code>`, which a person wrote in their private chat, or sent by opening a link of the site; else undefined. */
export function startCodeOf(update: PersonUpdate): string | undefined {
  const isOwn = update.kind === 'message' && update.isPrivate && update.isOwnText;
  return isOwn ? START_WITH_CODE.exec(update.text)?.[1] : undefined;
}

/**
 * Accepts an invitation for the person who sent its code. The call is made here, not by a worker, so that the code is never written to the
 * disk. An update that is delivered twice accepts twice, which changes nothing.
 */
export async function acceptInvitation(update: PersonUpdate, code: string, deps: FeatureDeps): Promise<void> {
  const { userId, chatId, name, languageCode } = update;
  const { directory, languages, outbox, people, updates } = deps;
  const acceptance = await directory.accept(userId, code, name);
  updates.runOnce(update, () => {
    if (acceptance.kind === 'accepted') languages.setLanguageCode(userId, languageCode);
    const isKnown = people.roleOf(userId) !== undefined;
    const texts = isKnown ? languages.textsFor(userId) : languages.textsForStranger(languageCode);
    if (isRepeatable(acceptance) && !people.mayHint(userId)) return;
    outbox.write({ chatId, text: escapeHtml(answerTo(acceptance, texts)) });
  });
}

/** True for an answer that asks to try again later: it is given once a minute. */
function isRepeatable(acceptance: Acceptance): boolean {
  return acceptance.kind === 'unavailable' || (acceptance.kind === 'refused' && acceptance.problem.retryable);
}

function answerTo(acceptance: Acceptance, { bot: words, problems }: Texts): string {
  switch (acceptance.kind) {
    case 'unavailable':
      return words.apiDownNow;
    case 'refused':
      return problems[acceptance.problem.code].sentence(acceptance.problem.facts);
    case 'accepted':
      if (!acceptance.isNewRole) return words.alreadyIn;
      return `${acceptance.role === 'owner' ? words.claimed : words.joined}\n\n${words.greeting} ${words.unknownText}`;
  }
}
