import { z } from 'zod';
import { cookieFileOf, fileOf, MessageFiles, type MessageFile } from './message-file.ts';
import { findLinks } from './message-links.ts';

const Entities = z.array(
  z.object({ type: z.string(), offset: z.number().int(), length: z.number().int(), url: z.string().optional() }),
);
const User = z.object({
  id: z.number().int().positive(),
  is_bot: z.literal(false),
  first_name: z.string().optional().catch(undefined),
  language_code: z.string().max(35).optional().catch(undefined), // BCP 47
});
const Chat = z.object({ id: z.number().int(), type: z.enum(['private', 'group', 'supergroup']) });
const Content = z.object({
  text: z.string().optional(),
  caption: z.string().optional(),
  entities: Entities.optional(),
  caption_entities: Entities.optional(),
});
/** Members that a message has only when somebody else wrote its text: forwarded (as of Bot API 7.0, and before), or of an inline bot. */
const WrittenByOthers = z.object({
  forward_origin: z.unknown().optional(),
  forward_date: z.unknown().optional(),
  forward_from: z.unknown().optional(),
  forward_from_chat: z.unknown().optional(),
  forward_sender_name: z.unknown().optional(),
  is_automatic_forward: z.unknown().optional(),
  via_bot: z.unknown().optional(),
});
const Message = Content.extend({
  message_id: z.number().int(),
  from: User,
  chat: Chat,
  reply_to_message: Content.optional().catch(undefined),
  ...MessageFiles.shape,
  ...WrittenByOthers.shape,
});

/** The two kinds of updates that the bot acts on. All others (edits, channels, polls, malformed ones) do not parse. */
const MessageUpdate = z.object({ update_id: z.number().int(), message: Message });
const PressUpdate = z.object({
  update_id: z.number().int(),
  callback_query: z.object({
    id: z.string(),
    from: User,
    data: z.string().max(64),
    message: z.object({ message_id: z.number().int(), chat: Chat }),
  }),
});

interface UpdateFacts {
  readonly updateId: number;
  readonly userId: number;
  /** The person's first name; it may be empty. */
  readonly name: string;
  /** The language of the person's Telegram, as a BCP 47 tag; not in every update. */
  readonly languageCode: string | undefined;
  readonly chatId: number;
  readonly messageId: number;
  readonly isPrivate: boolean;
}

/** A message of a person. */
export interface PersonMessage extends UpdateFacts {
  readonly kind: 'message';
  /** Text or caption. */
  readonly text: string;
  /** The video, audio, voice message or such a document of it. */
  readonly file: MessageFile | undefined;
  /** The file id of a document with cookies. */
  readonly cookieFile: string | undefined;
  /** The links in it, in order, each once. */
  readonly links: readonly string[];
  /** True when the person wrote the text. A forwarded text, or one of an inline bot, is never a command. */
  readonly isOwnText: boolean;
  /** The links in the message that it replies to. */
  readonly repliedLinks: readonly string[];
}

/** A press of a button under a message of the bot, whose id is `messageId`. */
export interface ButtonPress extends UpdateFacts {
  readonly kind: 'press';
  readonly queryId: string;
  readonly data: string;
}

export type PersonUpdate = PersonMessage | ButtonPress;

/** Parses an update. Undefined: the bot does not act on it. */
export function readPersonUpdate(update: unknown): PersonUpdate | undefined {
  const written = MessageUpdate.safeParse(update);
  if (written.success) return readMessage(written.data);
  const pressed = PressUpdate.safeParse(update);
  return pressed.success ? readPress(pressed.data) : undefined;
}

function readMessage({ update_id: updateId, message }: z.infer<typeof MessageUpdate>): PersonMessage {
  return {
    kind: 'message',
    updateId,
    userId: message.from.id,
    name: message.from.first_name ?? '',
    languageCode: message.from.language_code,
    chatId: message.chat.id,
    messageId: message.message_id,
    isPrivate: message.chat.type === 'private',
    text: message.text ?? message.caption ?? '',
    file: fileOf(message),
    cookieFile: cookieFileOf(message),
    links: linksOf(message),
    isOwnText: WrittenByOthers.keyof().options.every((member) => message[member] === undefined),
    repliedLinks: message.reply_to_message ? linksOf(message.reply_to_message) : [],
  };
}

function readPress({ update_id: updateId, callback_query: query }: z.infer<typeof PressUpdate>): ButtonPress {
  return {
    kind: 'press',
    updateId,
    userId: query.from.id,
    name: query.from.first_name ?? '',
    languageCode: query.from.language_code,
    chatId: query.message.chat.id,
    messageId: query.message.message_id,
    isPrivate: query.message.chat.type === 'private',
    queryId: query.id,
    data: query.data,
  };
}

function linksOf(content: z.infer<typeof Content>): string[] {
  return findLinks(content.text ?? content.caption ?? '', content.entities ?? content.caption_entities ?? []);
}
