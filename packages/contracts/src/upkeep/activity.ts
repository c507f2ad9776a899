import { z } from 'zod';
import { Message } from './upkeep.ts';

/** The kinds of entries of the activity log. */
export const activityKinds = [
  'signed-in',
  'signed-out',
  'signed-out-everywhere',
  'invited',
  'invitation-revoked',
  'joined',
  'removed',
  'role-changed',
  'limits-changed',
  'default-limits-changed',
  'key-made',
  'key-revoked',
  'passkey-registered',
  'passkey-revoked',
  'telegram-connected',
  'telegram-disconnected',
  'shared',
  'station-shared',
  'share-revoked',
  'item-deleted',
  'item-restored',
  'item-purged',
  'made-private',
  'made-visible',
  'item-renamed',
  'rule-changed',
  'rule-removed',
  'profiles-changed',
  'delivery-target-made',
  'delivery-target-removed',
  'followed',
  'unfollowed',
  'backup-made',
  'backup-restored',
  'started',
  'notice-opened',
  'notice-closed',
] as const;
export const ActivityKind = z.enum(activityKinds);
export type ActivityKind = z.infer<typeof ActivityKind>;

/** Days for which an entry of the activity log is kept. */
export const ACTIVITY_DAYS = 90;

const PersonName = z.object({
  id: z.string(),
  name: z.string().nullable().meta({ description: 'Also of a person who was removed; null: none is known.' }),
});

/** One change, and who made it. */
export const Activity = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    kind: ActivityKind,
    person: PersonName.nullable().meta({ description: 'Who did it; null: Linkcast itself.' }),
    subject: PersonName.nullable().meta({ description: 'The person to whom it was done; null: nobody else.' }),
    mediaId: z.string().nullable().meta({ description: 'The item; it may be deleted.' }),
    sentence: z.string().meta({ description: 'What was done, without the person who did it.' }),
    message: Message.optional().meta({
      description: 'The sentence as code and facts, for a client with texts of its own.',
    }),
  })
  .meta({ id: 'Activity' });
export type Activity = z.infer<typeof Activity>;

export const ActivityList = z
  .object({ activity: z.array(Activity), nextCursor: z.string().nullable() })
  .meta({ id: 'ActivityList' });
export type ActivityList = z.infer<typeof ActivityList>;

export const ActivityQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
  person: z.string().max(40).optional().meta({ description: 'Id: what they did, and what was done to them.' }),
  kind: ActivityKind.optional(),
});
export type ActivityQuery = z.infer<typeof ActivityQuery>;
