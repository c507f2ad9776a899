import type { Logger } from '@linkcast/kit';
import type { Context, Telegraf } from 'telegraf';
import type { LanguageStore } from '../people/language-store.ts';
import type { CookieWishStore } from '../cookies/cookie-wish-store.ts';
import type { FollowWishStore } from '../following/follow-wish-store.ts';
import type { PeopleDirectory } from '../people/people-directory.ts';
import type { TelegramLinks } from '../people/telegram-links.ts';
import type { PersonStore } from '../people/person-store.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { ProcessedUpdates } from './processed-updates.ts';
import type { Messenger } from '../telegram/messenger.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { PersonMessage, ButtonPress, PersonUpdate } from '../telegram/person-update.ts';

/** telegraf's context, with the parsed update. Features read the parsed update only. */
export interface BotContext extends Context {
  personUpdate: PersonUpdate;
}

/** The stores and services that features use. */
export interface FeatureDeps {
  /** The numeric part of the token. */
  readonly botId: number;
  readonly people: PersonStore;
  readonly directory: PeopleDirectory;
  readonly links: TelegramLinks;
  readonly languages: LanguageStore;
  readonly updates: ProcessedUpdates;
  readonly outbox: Outbox;
  readonly conversations: ConversationStore;
  readonly requests: RequestStore;
  readonly followWishes: FollowWishStore;
  readonly cookieWishes: CookieWishStore;
  readonly messenger: Messenger;
  readonly logger: Logger;
  /** Called when a person has chosen a language. */
  readonly onLanguageChosen: (userId: number) => void;
}

/** Adds one feature to the bot. Its handlers change the stores and return; workers do the rest. */
export type Feature = (bot: Telegraf<BotContext>, deps: FeatureDeps) => void;

/** A handler for a command that the person wrote. Other updates go to the next handler. */
export function onCommand(handle: (message: PersonMessage) => void) {
  return ({ personUpdate }: BotContext, next: () => Promise<void>): Promise<void> | undefined => {
    if (personUpdate.kind !== 'message' || !personUpdate.isOwnText) return next();
    handle(personUpdate);
    return undefined;
  };
}

/** A handler for messages only. */
export function onMessage(handle: (message: PersonMessage) => void) {
  return (context: BotContext): void => {
    if (context.personUpdate.kind === 'message') handle(context.personUpdate);
  };
}

/** A handler for pressed buttons only. */
export function onPress(handle: (press: ButtonPress) => void) {
  return (context: BotContext): void => {
    if (context.personUpdate.kind === 'press') handle(context.personUpdate);
  };
}
