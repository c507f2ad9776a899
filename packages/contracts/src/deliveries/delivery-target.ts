import { z } from 'zod';
import { ProblemDocument } from '../problems/problem.ts';

/** The way to a target: a folder below DELIVERY_DIR, or a server. `ftp` sends the password and the files readable. */
export const DeliveryKind = z.enum(['folder', 'sftp', 'ftps', 'ftp']);
export type DeliveryKind = z.infer<typeof DeliveryKind>;

/** The port of each kind of server, unless another is given. */
export const DELIVERY_PORTS = { folder: 0, sftp: 22, ftps: 21, ftp: 21 } as const satisfies Record<
  DeliveryKind,
  number
>;

/** The names of what arrives. `media-server`: a folder for each item with NFO and poster, as Jellyfin, Plex and Kodi read it. `plain`: one file. */
export const DeliveryLayout = z.enum(['media-server', 'plain']);
export type DeliveryLayout = z.infer<typeof DeliveryLayout>;

/** The SHA-256 of a host key of SSH, as OpenSSH prints it, or of a certificate. */
export const HostPin = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/);
export type HostPin = z.infer<typeof HostPin>;

/** The finished items that are delivered by themselves. `requested`: none; `all`: those that everyone sees, and the maker's own. */
export const DeliveryRule = z.discriminatedUnion('items', [
  z.strictObject({ items: z.literal('requested') }),
  z.strictObject({ items: z.literal('all') }),
  z.strictObject({ items: z.literal('person'), personId: z.string().min(1).max(64) }),
  z.strictObject({
    items: z.literal('host'),
    host: z
      .string()
      .toLowerCase()
      .regex(/^[a-z0-9.-]{1,253}$/),
  }),
  z.strictObject({ items: z.literal('collection'), collectionId: z.string().min(1).max(64) }),
]);
export type DeliveryRule = z.infer<typeof DeliveryRule>;

/** A folder on the target, below its root: no part is `.` or `..`. */
const RemoteFolder = z
  .string()
  .trim()
  .max(500)
  .regex(/^(?!(?:.*\/)?\.\.?(?:\/|$))[^\\\p{Cc}]*$/u);

/** A name or an address; of IPv6 without brackets. */
const ServerName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[a-z0-9.:_-]*$/);

const settings = {
  name: z.string().trim().min(1).max(80),
  kind: DeliveryKind,
  host: ServerName.default('').meta({ description: 'Of a server; empty for a folder.' }),
  port: z.number().int().min(0).max(65_535).default(0).meta({ description: '0: the port of the kind.' }),
  user: z
    .string()
    .max(200)
    .regex(/^\P{Cc}*$/u)
    .default(''),
  pin: HostPin.nullable().default(null).meta({
    description: 'The confirmed host key of SFTP; of FTPS the certificate, or null: one that an authority has signed.',
  }),
  folder: RemoteFolder.default(''),
  layout: DeliveryLayout.default('media-server'),
  rule: DeliveryRule.default({ items: 'requested' }),
  removeAfter: z.boolean().default(false).meta({
    description: "Move the maker's own items to the trash when they have arrived, and size and checksum agree.",
  }),
};

/** A target as an owner makes it. What `secret` is can never be read again. */
export const NewDeliveryTarget = z
  .strictObject({
    ...settings,
    secret: z
      .string()
      .max(20_000)
      .regex(/^[^\0]*$/)
      .default('')
      .meta({ description: 'The password, or of SFTP a private key.' }),
  })
  .refine(({ kind, host }) => kind === 'folder' || host !== '', { path: ['host'] })
  .refine(({ kind, secret }) => kind === 'sftp' || !/[\r\n]/.test(secret), { path: ['secret'] }) // a line of FTP is a command
  .meta({ id: 'NewDeliveryTarget' });
export type NewDeliveryTarget = z.input<typeof NewDeliveryTarget>;

export const DeliveryTarget = z
  .object({ id: z.string(), ...settings, isPaused: z.boolean(), createdAt: z.iso.datetime() })
  .meta({ id: 'DeliveryTarget' });
export type DeliveryTarget = z.infer<typeof DeliveryTarget>;

export const DeliveryTargets = z.object({ targets: z.array(DeliveryTarget) }).meta({ id: 'DeliveryTargets' });
export type DeliveryTargets = z.infer<typeof DeliveryTargets>;

export const DeliveryTargetPatch = z
  .strictObject({
    isPaused: z.boolean().optional(),
    removeAfter: z.boolean().optional(),
    rule: DeliveryRule.optional(),
    pin: HostPin.optional().meta({ description: 'Of a server whose key has changed, after a person has compared it.' }),
  })
  .meta({ id: 'DeliveryTargetPatch' });
export type DeliveryTargetPatch = z.infer<typeof DeliveryTargetPatch>;

/** The result of a trial of a target: its host key, and what is wrong. */
export const DeliveryCheck = z
  .object({
    pin: HostPin.nullable().meta({ description: 'What the server has presented; null: nothing, or it needs none.' }),
    problem: ProblemDocument.nullable().meta({ description: 'Null: the folder can be written.' }),
  })
  .meta({ id: 'DeliveryCheck' });
export type DeliveryCheck = z.infer<typeof DeliveryCheck>;
