import { z } from 'zod';
import { Right } from './access.ts';

/** Personal API keys begin so, which tells people and secret scanners what they are; 256 random bits in base64url follow. */
export const PERSONAL_KEY = /^lck_[A-Za-z0-9_-]{43}$/;

/** A request for a personal API key: a name, and what it may do of what its person may. */
export const PersonalKeyRequest = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    scopes: z
      .array(Right)
      .min(1)
      .max(3)
      .transform((scopes) => [...new Set(scopes)]),
  })
  .meta({ id: 'PersonalKeyRequest' });
export type PersonalKeyRequest = z.input<typeof PersonalKeyRequest>;

/** A key for a script, a shortcut or an app of one person. */
export const PersonalKey = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(Right),
    createdAt: z.iso.datetime(),
    usedAt: z.iso.datetime().nullable().meta({ description: 'Last used, to about a minute; null: never.' }),
  })
  .meta({ id: 'PersonalKey' });
export type PersonalKey = z.infer<typeof PersonalKey>;

export const PersonalKeyList = z.object({ keys: z.array(PersonalKey) }).meta({ id: 'PersonalKeyList' });
export type PersonalKeyList = z.infer<typeof PersonalKeyList>;

/** A new key. Only this answer contains it: the database stores a digest. */
export const NewPersonalKey = PersonalKey.extend({ key: z.string() }).meta({ id: 'NewPersonalKey' });
export type NewPersonalKey = z.infer<typeof NewPersonalKey>;
