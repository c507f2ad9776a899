import { z } from 'zod';
import { MemberRole, TelegramId } from './access.ts';

const DAY_SECONDS = 86_400;

/** Letters, digits, `-` and `_`: what Telegram's `/start` parameter may hold (at most 64). */
export const INVITATION_CODE = /^[A-Za-z0-9_-]{8,64}$/;

/** A request for an invitation: the role of those who accept it, how many may, and for how long. */
export const InvitationRequest = z
  .strictObject({
    role: MemberRole.default('member'),
    uses: z.number().int().min(1).max(50).default(1),
    lifetimeSeconds: z
      .number()
      .int()
      .min(600)
      .max(30 * DAY_SECONDS)
      .default(7 * DAY_SECONDS),
  })
  .meta({ id: 'InvitationRequest' });
export type InvitationRequest = z.input<typeof InvitationRequest>;

/** An invitation that can still be accepted. */
export const Invitation = z
  .object({
    id: z.string(),
    role: MemberRole,
    usesLeft: z.number().int().nonnegative(),
    createdBy: z.string().nullable().meta({ description: 'Id of the person who made it.' }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof Invitation>;

export const InvitationList = z.object({ invitations: z.array(Invitation) }).meta({ id: 'InvitationList' });
export type InvitationList = z.infer<typeof InvitationList>;

/** A new invitation. Only this answer contains its code: the database stores a digest. */
export const NewInvitation = Invitation.extend({
  code: z.string(),
  path: z.string().meta({ description: 'Path of the page that accepts it; the code is its fragment.' }),
  telegramUrl: z.string().nullable().meta({ description: 'Opens the bot with the code; null: there is no bot.' }),
}).meta({ id: 'NewInvitation' });
export type NewInvitation = z.infer<typeof NewInvitation>;

const Code = z.string().trim().max(100);

/** Accepting an invitation on the site: makes the person, and signs this browser in. */
export const InvitationAcceptance = z
  .strictObject({ code: Code, name: z.string().trim().min(1).max(100) })
  .meta({ id: 'InvitationAcceptance' });
export type InvitationAcceptance = z.infer<typeof InvitationAcceptance>;

/** Accepting an invitation in Telegram (`/start <code>`): the bot has verified who sent it. */
export const TelegramAcceptance = z.strictObject({
  code: Code,
  telegramId: TelegramId,
  name: z.string().trim().max(200),
});
export type TelegramAcceptance = z.infer<typeof TelegramAcceptance>;
