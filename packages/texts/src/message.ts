import type { Message } from '@linkcast/contracts';
import type { messages } from './en/messages.ts';
import type { Language } from './language.ts';
import { textsOf, type Texts } from './texts-of.ts';

export type MessageCode = keyof typeof messages;
type FactsOf<C extends MessageCode> = Parameters<(typeof messages)[C]>;

/** A message for people: its code and the facts of its sentence, which each reader's language formats. */
export function message<C extends MessageCode>(code: C, ...facts: FactsOf<C>): Message {
  return { code, facts: (facts[0] ?? {}) as Message['facts'] }; // each catalogue entry has facts of these kinds
}

/** A report of a part: a sentence, and the message behind it where it has one. */
export interface Worded {
  readonly sentence: string;
  readonly message?: Message | undefined;
}

/** A message beside its English sentence, for logs and for clients without texts. */
export function worded(reported: Message): { readonly sentence: string; readonly message: Message } {
  return { sentence: sentenceOf(reported, 'en') ?? reported.code, message: reported };
}

/** The sentence of what a part reported, in the reader's language; the one it came with where it has no message that is known. */
export function sentenceIn(reported: Worded, texts: Language | Pick<Texts, 'messages'>): string {
  return (reported.message && sentenceOf(reported.message, texts)) ?? reported.sentence;
}

/** The sentence of a message, with that of its cause behind it. Undefined: a code of a newer part. */
export function sentenceOf(message: Message, texts: Language | Pick<Texts, 'messages'>): string | undefined {
  const { messages } = typeof texts === 'string' ? textsOf(texts) : texts;
  if (!Object.hasOwn(messages, message.code)) return undefined;
  const render = messages[message.code as MessageCode] as (facts: Message['facts']) => string; // made by `message`
  const cause = message.cause && sentenceOf(message.cause, texts);
  return cause === undefined ? render(message.facts) : `${render(message.facts)} ${cause}`;
}
