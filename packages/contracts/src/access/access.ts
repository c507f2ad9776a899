import { z } from 'zod';
import { MediaId } from '../library/media.ts';
import { Preferences } from './preferences.ts';

/**
 * The rights of a caller. `watch`: see and play the library and the radio. `add`: send links, see the jobs and the events,
 * rename, delete, share, ask the radio for a track. `manage`: let others in, see how the parts are.
 */
export const Right = z.enum(['watch', 'add', 'manage']).meta({ id: 'Right' });
export type Right = z.infer<typeof Right>;

/**
 * The kind of a caller. `owner` and `member` have signed in, `guest` came by a share link and sees one item (or hears the station)
 * only, `visitor` is anybody while `ACCESS=public`, `nobody` has no right at all, `key` is a script with the owner's API token,
 * `service` is a part with its own key.
 */
export const Role = z.enum(['owner', 'member', 'guest', 'visitor', 'nobody', 'key', 'service']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** The rights of each role. A guest's `watch` covers only what was shared. A service has those of {@link rightsOfService}. */
export const rightsOf = {
  owner: ['watch', 'add', 'manage'],
  key: ['watch', 'add', 'manage'],
  member: ['watch', 'add'],
  visitor: ['watch'],
  guest: ['watch'],
  nobody: [],
  service: [],
} as const satisfies Record<Role, readonly Right[]>;

/** A numeric Telegram id: whole, positive, below 2^52. */
export const TelegramId = z
  .number()
  .int()
  .positive()
  .max(2 ** 52);

/** A signed-in person's role. */
export const MemberRole = z.enum(['owner', 'member']);
export type MemberRole = z.infer<typeof MemberRole>;

/** The caller and their rights. Everybody may request it: the site shows only what works. */
export const Caller = z
  .object({
    role: Role,
    personId: z.string().nullable().meta({ description: 'Null: no person, such as a guest.' }),
    name: z.string().nullable(),
    rights: z.array(Right),
    preferences: Preferences.nullable().meta({ description: 'Null: no person.' }),
    mediaId: MediaId.nullable().meta({ description: "A guest's one item; null: none, or not a guest." }),
    expiresAt: z.iso.datetime().nullable().meta({ description: 'When the session or the share ends.' }),
    maxHeight: z
      .number()
      .int()
      .positive()
      .meta({ description: 'MAX_HEIGHT: pictures with a longer shorter side are not downloaded.' }),
    hasSponsorBlock: z.boolean().meta({ description: 'SPONSORBLOCK: do new items get marks?' }),
    botName: z.string().nullable().meta({ description: "The bot's user name without @, for a link to it." }),
    passkeyDomain: z
      .string()
      .meta({ description: 'Host name of the pages on which passkeys work: DOMAIN_NAME, or localhost.' }),
  })
  .meta({ id: 'Caller' });
export type Caller = z.infer<typeof Caller>;

/** Groups of four of the letters and digits that are hard to mistake for each other: 60 random bits. */
export const SIGN_IN_CODE = /^[a-hjkmnp-z2-9]{4}(?:-[a-hjkmnp-z2-9]{4}){2}$/;

/** Signing in: by a code that was given out once, or by what Telegram gave its Mini App (`initData`, unchanged). */
export const SignIn = z
  .strictObject({
    code: z.string().trim().toLowerCase().max(64).optional(),
    initData: z.string().max(8192).optional(),
  })
  .refine(({ code, initData }) => (code === undefined) !== (initData === undefined), {
    params: { fault: 'codeOrInitData' }, // the code of its sentence in `@linkcast/texts`
  })
  .meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof SignIn>;

/** A request for a code that signs the caller in once, on another device. */
export const SignInCodeRequest = z
  .strictObject({ lifetimeSeconds: z.number().int().min(60).max(86_400).default(900) })
  .meta({ id: 'SignInCodeRequest' });
export type SignInCodeRequest = z.input<typeof SignInCodeRequest>;

/** Good for one sign-in, until it expires. */
export const SignInCode = z
  .object({
    code: z.string(),
    path: z
      .string()
      .meta({ description: 'Path of the sign-in page; the code is its fragment, which stays in the browser.' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'SignInCode' });
export type SignInCode = z.infer<typeof SignInCode>;

/** One signed-in browser. */
export const Session = z
  .object({
    id: z.string(),
    personId: z.string(),
    role: MemberRole,
    name: z.string().nullable(),
    device: z.string().meta({ description: 'Browser and system in a few words: Firefox on Android.' }),
    isCurrent: z.boolean().meta({ description: 'Is it the one that asks?' }),
    createdAt: z.iso.datetime(),
    seenAt: z.iso.datetime().meta({ description: 'Last used, to about an hour.' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

export const SessionList = z.object({ sessions: z.array(Session) }).meta({ id: 'SessionList' });
export type SessionList = z.infer<typeof SessionList>;

/** Lifetime of a share, in seconds. Default: SHARE_LIFETIME. At most a year. */
export const ShareRequest = z
  .strictObject({ lifetimeSeconds: z.number().int().min(60).max(31_536_000).optional() })
  .meta({ id: 'ShareRequest' });
export type ShareRequest = z.infer<typeof ShareRequest>;

/** A link to one item, or to the station, that works for everybody who has it. */
export const Share = z
  .object({
    id: z.string(),
    mediaId: MediaId.nullable().meta({ description: 'Null: the station.' }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Share' });
export type Share = z.infer<typeof Share>;

/** A new share. Only this answer contains its link: the database stores a digest. */
export const NewShare = Share.extend({
  links: z.object({
    page: z.string().meta({ description: 'Path of the page for a person.' }),
    hls: z.string().nullable().meta({ description: 'Path of the master playlist.' }),
    file: z.string().nullable().meta({ description: 'Path of the MP3, or of the stream.' }),
  }),
}).meta({ id: 'NewShare' });
export type NewShare = z.infer<typeof NewShare>;

export const ShareList = z.object({ shares: z.array(Share) }).meta({ id: 'ShareList' });
export type ShareList = z.infer<typeof ShareList>;

/** The end of all sessions of a person. */
export const SessionsEnded = z.object({ ended: z.number().int().nonnegative() }).meta({ id: 'SessionsEnded' });
export type SessionsEnded = z.infer<typeof SessionsEnded>;
