import type { Context, Telegraf } from 'telegraf';
import type { Access } from '../access.ts';
import type { ConversationStore } from '../conversation-store.ts';
import type { Intake } from '../intake.ts';
import type { Messenger } from '../messenger.ts';
import type { Outbox } from '../outbox.ts';
import type { RequestStore } from '../request-store.ts';
import type { MessageVisit, PressVisit, Visit } from '../visit.ts';

/** telegraf's context, with the update as we understood it. Features read only that. */
export interface BotContext extends Context {
  visit: Visit;
}

/** What features work with. */
export interface FeatureDeps {
  /** The numeric part of the token. */
  readonly botId: number;
  readonly access: Access;
  readonly intake: Intake;
  readonly outbox: Outbox;
  readonly conversations: ConversationStore;
  readonly requests: RequestStore;
  readonly messenger: Messenger;
  /** Somebody has become the owner. */
  readonly onClaim: (userId: number) => void;
}

/** Adds one ability to the bot. Handlers write down what is to be done and return. */
export type Feature = (bot: Telegraf<BotContext>, deps: FeatureDeps) => void;

/** A handler for a command that the person wrote; whatever else is left to the handlers that follow. */
export function onCommand(handle: (visit: MessageVisit) => void) {
  return ({ visit }: BotContext, next: () => Promise<void>): Promise<void> | undefined => {
    if (visit.kind !== 'message' || !visit.isOwnText) return next();
    handle(visit);
    return undefined;
  };
}

/** A handler for messages only. */
export function onMessage(handle: (visit: MessageVisit) => void) {
  return (context: BotContext): void => {
    if (context.visit.kind === 'message') handle(context.visit);
  };
}

/** A handler for pressed buttons only. */
export function onPress(handle: (visit: PressVisit) => void) {
  return (context: BotContext): void => {
    if (context.visit.kind === 'press') handle(context.visit);
  };
}
