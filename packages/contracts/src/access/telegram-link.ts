import { z } from 'zod';
import { TelegramId } from './access.ts';

/** The code of a link that connects a Telegram account. Its prefix tells the bot that it is no invitation; 128 random bits follow. */
export const TELEGRAM_LINK_CODE = /^link-[A-Za-z0-9_-]{22}$/;

/** A new link that connects a Telegram account to its person. Only this answer contains its code: the database stores a digest. */
export const NewTelegramLink = z
  .object({
    telegramUrl: z.string().meta({ description: 'Opens the bot with the code; good once, for one Telegram account.' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'NewTelegramLink' });
export type NewTelegramLink = z.infer<typeof NewTelegramLink>;

/** The bot reports that a Telegram account has opened a link: the bot has verified whose it is. */
export const TelegramLinkOpening = z.strictObject({ code: z.string().trim().max(100), telegramId: TelegramId });
export type TelegramLinkOpening = z.infer<typeof TelegramLinkOpening>;

/** The link that a Telegram account has opened. It connects nothing before the account confirms it. */
export const OpenedTelegramLink = z.object({
  id: z.string().meta({ description: 'Not secret: only the same Telegram account can confirm it.' }),
  name: z.string().nullable().meta({ description: 'Of the person who made it.' }),
});
export type OpenedTelegramLink = z.infer<typeof OpenedTelegramLink>;

/** The bot reports that the same Telegram account has confirmed the link. */
export const TelegramLinkConfirmation = z.strictObject({ id: z.string().max(64), telegramId: TelegramId });
export type TelegramLinkConfirmation = z.infer<typeof TelegramLinkConfirmation>;
