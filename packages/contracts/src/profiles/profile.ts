import { z } from 'zod';
import { parseProxyAddress } from './proxy-address.ts';
import { MOST_WAYS, WayName, wayOptions } from './way.ts';

/** A name and all names below it, an IPv4 address, or `*`: every host without a profile of its own. */
const HostPattern = z
  .string()
  .max(253)
  .regex(/^(?:\*|(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})*)$/, 'must be a host in lower case, or *');

/** Stands for a password in the answers of the API. */
export const PASSWORD_MARK = '•••';

/** `http://user:password@host:port`, or the same with `socks5://`. */
const ProxyAddress = z
  .string()
  .max(500)
  .refine((text) => !text.includes(PASSWORD_MARK), 'the password is missing')
  .refine(
    (text) => parseProxyAddress(text) !== undefined,
    'must be http://host:port or socks5://host:port, with user:password@ where it has them',
  );

/** One way to try a host, as the owner writes it. */
export const Way = z.strictObject({ name: WayName, proxy: ProxyAddress.optional(), ...wayOptions });
export type Way = z.infer<typeof Way>;

/** The ways of some hosts, in the order in which they are tried. */
export const Profile = z.strictObject({
  hosts: z.array(HostPattern).min(1).max(50),
  ways: z
    .array(Way)
    .min(1)
    .max(MOST_WAYS)
    .refine((ways) => new Set(ways.map(({ name }) => name)).size === ways.length, 'two ways have the same name'),
});
export type Profile = z.infer<typeof Profile>;

/** The content of `profiles.yaml`. */
export const ProfileList = z.strictObject({ profiles: z.array(Profile).max(100) });
export type ProfileList = z.infer<typeof ProfileList>;

/** The most characters of `profiles.yaml`. */
export const MOST_PROFILE_CHARACTERS = 100_000;

/** A fault of `profiles.yaml`. */
export const ProfileFault = z
  .object({
    line: z.number().int().positive(),
    field: z.string().meta({ description: 'Dotted path; empty for the text as a whole.' }),
    fault: z.string().meta({ description: 'In English. Quotes no value.' }),
  })
  .meta({ id: 'ProfileFault' });
export type ProfileFault = z.infer<typeof ProfileFault>;

const Text = z.string().max(MOST_PROFILE_CHARACTERS);

/** `profiles.yaml` as the API shows it. */
export const ProfilesAnswer = z
  .object({
    text: Text.meta({ description: 'The file, with `•••` in the place of passwords; empty: there is none.' }),
    hosts: z.array(z.object({ hosts: z.array(z.string()), ways: z.array(WayName) })).meta({
      description: 'The profiles in force.',
    }),
    faults: z.array(ProfileFault).meta({
      description: 'Those of the file. While there are any, the profiles before it stay in force.',
    }),
  })
  .meta({ id: 'Profiles' });
export type ProfilesAnswer = z.infer<typeof ProfilesAnswer>;

export const ProfilesChange = z
  .strictObject({ text: Text.meta({ description: 'A password `•••` stays what it is.' }) })
  .meta({ id: 'ProfilesChange' });
export type ProfilesChange = z.infer<typeof ProfilesChange>;
