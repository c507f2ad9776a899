import { formatsOf } from '../formats/formats.ts';

const { bytes, counted, date, number } = formatsOf('en');

interface Item {
  /** Missing for a private item. */
  title?: string;
}
interface Subject {
  name: string | null;
}
/** Missing for the person who did it themselves, or for everybody. */
interface OtherPerson {
  name?: string | null;
}
/** Missing for a rule that is for no collection. */
interface RuleScope {
  scope?: string;
}
interface Rule extends RuleScope {
  watchedDays: number | null;
  unwatchedDays: number | null;
  keepLast: number | null;
}
interface Role {
  role: string;
}

const titleOf = ({ title }: Item): string => title ?? 'a private item';
const nameOf = ({ name }: Subject): string => name ?? 'a person without a name';
const ruleOf = ({ watchedDays, unwatchedDays, keepLast, scope }: Rule): string => {
  const days = (count: number): string => counted(count, { one: 'day', other: 'days' });
  const parts = [
    ...(watchedDays === null ? [] : [`watched ones go after ${days(watchedDays)}`]),
    ...(unwatchedDays === null ? [] : [`a question about unwatched ones after ${days(unwatchedDays)}`]),
    ...(keepLast === null
      ? []
      : [`the newest ${number(keepLast)}${scope === undefined ? ' of each person' : ''} stay`]),
  ];
  return parts.length === 0 ? 'everything stays' : parts.join(', ');
};
const ruledOf = (name: string | null | undefined, scope: string | undefined): string => {
  if (scope !== undefined) return 'a collection';
  return name === undefined ? 'the library' : nameOf({ name });
};
const roleOf = ({ role }: Role): string => (role === 'owner' ? 'owner' : 'member');

/** Entries of the activity log: what was done, without who did it. */
export const activityMessages = {
  'activity-signed-in': ({ device }: { device: string }) => `Signed in: ${device}`,
  'activity-signed-out': ({ name, device }: OtherPerson & { device: string }) =>
    name === undefined ? `Signed out: ${device}` : `Signed out a device of ${nameOf({ name })}: ${device}`,
  'activity-signed-out-everywhere': ({ count }: { count: number }) =>
    `Signed out everywhere: ${counted(count, { one: 'device', other: 'devices' })}`,
  'activity-invited': ({ role, uses }: Role & { uses: number }) =>
    `Made an invitation as ${roleOf({ role })}, for ${counted(uses, { one: 'person', other: 'people' })}`,
  'activity-invitation-revoked': (facts: Role) => `Revoked an invitation as ${roleOf(facts)}`,
  'activity-joined': (facts: Role) => `Joined as ${roleOf(facts)}`,
  'activity-removed': (facts: Subject) => `Removed ${nameOf(facts)}`,
  'activity-role-changed': ({ name, role }: Subject & Role) => `New role of ${nameOf({ name })}: ${roleOf({ role })}`,
  'activity-limits-changed': (facts: Subject) => `Changed the limits of ${nameOf(facts)}`,
  'activity-default-limits-changed': () => 'Changed the limits of all members',
  'activity-key-made': ({ key }: { key: string }) => `Made a personal key: ${key}`,
  'activity-key-revoked': ({ key }: { key: string }) => `Revoked a personal key: ${key}`,
  'activity-passkey-registered': ({ passkey }: { passkey: string }) => `Added a passkey: ${passkey}`,
  'activity-passkey-revoked': ({ name, passkey }: Subject & { passkey: string }) =>
    `Revoked a passkey of ${nameOf({ name })}: ${passkey}`,
  'activity-telegram-connected': () => 'Connected a Telegram account',
  'activity-telegram-disconnected': () => 'Disconnected the Telegram account',
  'activity-shared': (facts: Item) => `Shared ${titleOf(facts)}`,
  'activity-station-shared': () => 'Shared the radio',
  'activity-share-revoked': ({ title }: Item) => (title === undefined ? 'Ended a share' : `Ended a share of ${title}`),
  'activity-item-deleted': (facts: Item) => `Moved to the trash: ${titleOf(facts)}`,
  'activity-item-restored': (facts: Item) => `Restored from the trash: ${titleOf(facts)}`,
  'activity-item-purged': (facts: Item) => `Deleted for good: ${titleOf(facts)}`,
  'activity-made-private': (facts: Item) => `Made private: ${titleOf(facts)}`,
  'activity-made-visible': (facts: Item) => `Made visible to everyone: ${titleOf(facts)}`,
  'activity-item-renamed': ({ title, former }: Item & { former?: string }) =>
    title === undefined || former === undefined ? 'Renamed a private item' : `Renamed: ${former} → ${title}`,
  'activity-rule-changed': ({ name, ...rule }: OtherPerson & Rule) =>
    `Changed the rule of ${ruledOf(name, rule.scope)}: ${ruleOf(rule)}`,
  'activity-rule-removed': ({ name, scope }: OtherPerson & RuleScope) => `Removed the rule of ${ruledOf(name, scope)}`,
  'activity-profiles-changed': () => 'Changed the profiles of hosts',
  'activity-delivery-target-made': ({ target }: { target: string }) => `Made a delivery target: ${target}`,
  'activity-delivery-target-removed': ({ target }: { target: string }) => `Deleted a delivery target: ${target}`,
  'activity-followed': () => 'Follows a list',
  'activity-unfollowed': ({ name }: OtherPerson) =>
    name === undefined ? 'Follows a list no longer' : `Ended a followed list of ${nameOf({ name })}`,
  'activity-backup-made': (facts: { bytes: number }) => `Backup made, ${bytes(facts.bytes)}`,
  'activity-backup-restored': ({ at }: { at: string }) => `Restored the backup of ${date(at)}`,
  'activity-started': ({ version }: { version: string }) => `Started version ${version} with its settings`,
  'activity-notice-opened': () => 'New notice:',
  'activity-notice-closed': () => 'No longer the case:',
};
