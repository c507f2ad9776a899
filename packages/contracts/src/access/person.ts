import { z } from 'zod';
import { MemberRole, TelegramId } from './access.ts';
import { LanguageCode } from './language-code.ts';
import { LimitUses, PersonLimits } from './limits.ts';
import { noPreferences, Preferences } from './preferences.ts';

/** The bot sends the Telegram id of the person it acts for in this header. yt-app reads it beside the bot's key only. */
export const telegramUserHeader = 'x-telegram-user';

const Name = z.string().trim().min(1).max(100);

/** A person who was let in. */
export const Person = z
  .object({
    id: z.string(),
    name: z.string().nullable().meta({ description: 'Null: nobody has given one, and Telegram has not either.' }),
    role: MemberRole,
    language: LanguageCode.nullable().meta({ description: 'Their own choice; null: that of Telegram or the browser.' }),
    telegramId: TelegramId.nullable().meta({ description: 'Null: no Telegram account.' }),
    isConsole: z.boolean().meta({ description: 'True for the owner who signs in at the machine itself.' }),
    limits: PersonLimits,
    invitedBy: z.string().nullable().meta({ description: 'Id of a person; null: by the settings or at the machine.' }),
    createdAt: z.iso.datetime(),
    seenAt: z.iso.datetime().nullable().meta({ description: 'Last seen, to about an hour.' }),
  })
  .meta({ id: 'Person' });
export type Person = z.infer<typeof Person>;

/** A person as they see themselves, with what they use of their limits. */
export const Me = Person.extend({ preferences: Preferences.default(noPreferences), usage: LimitUses }).meta({
  id: 'Me',
});
export type Me = z.infer<typeof Me>;

export const PersonList = z.object({ people: z.array(Person) }).meta({ id: 'PersonList' });
export type PersonList = z.infer<typeof PersonList>;

/** Changes that an owner makes to a person. */
export const PersonPatch = z
  .strictObject({
    name: Name.optional(),
    role: MemberRole.optional(),
    limits: PersonLimits.optional().meta({ description: 'All exceptions: those that are left out end.' }),
  })
  .meta({ id: 'PersonPatch' });
export type PersonPatch = z.infer<typeof PersonPatch>;

/** Changes that people make to themselves. */
export const MePatch = z
  .strictObject({
    name: Name.optional(),
    language: LanguageCode.nullable().optional(),
    preferences: Preferences.partial().optional().meta({ description: 'Those that are left out stay.' }),
  })
  .meta({ id: 'MePatch' });
export type MePatch = z.infer<typeof MePatch>;

/** The Telegram ids of the owners, for the bot's notices. */
export const OwnerAccounts = z.object({ telegramIds: z.array(TelegramId) });
export type OwnerAccounts = z.infer<typeof OwnerAccounts>;

/** The Telegram account to which the ends of a person's jobs from the site are reported. */
export const ReportAccount = z.object({
  telegramId: TelegramId.nullable().meta({ description: 'Null: none, not wanted, or the person was removed.' }),
});
export type ReportAccount = z.infer<typeof ReportAccount>;

/** The bot reports itself at each start: its name, and what a Mini App's `initData` is checked with. */
export const BotAccount = z.strictObject({
  name: z.string().max(64).nullable().meta({ description: 'User name without @; null: not known yet.' }),
  miniAppKey: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({
      description: 'HMAC-SHA-256 of the token with the key WebAppData, in hex: the token itself stays with the bot.',
    }),
});
export type BotAccount = z.infer<typeof BotAccount>;
