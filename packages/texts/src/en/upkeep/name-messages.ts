import { formatsOf } from '../../formats/formats.ts';

const { list } = formatsOf('en');
const addressesOf = (addresses: readonly string[]): string => (addresses.length === 0 ? 'no address' : list(addresses));

/** Messages of the DDNS updater about the public address, the name, its provider, and DNS-01 challenges. */
export const nameMessages = {
  'address-offline': () =>
    'No service that reports the public address responds. The internet connection may be down. Linkcast will retry.',
  'address-one-source': ({ address }: { address: string }) =>
    `Only one service reports the public address ${address}. Two must agree before the name is changed.`,
  'address-sources-disagree': ({ addresses }: { addresses: readonly string[] }) =>
    `The services that report the public address disagree (${list(addresses)}). The name is not changed until they agree.`,
  'address-carrier-nat': ({ address }: { address: string }) =>
    `The internet provider assigned ${address}, which many customers share (carrier-grade NAT), so nobody can reach this connection from outside. Ask the provider for a public IPv4 address.`,
  'address-not-public': ({ address }: { address: string }) =>
    `The public address was reported as ${address}, which cannot be reached from outside. The name is not changed.`,

  'name-right': ({ name, addresses }: { name: string; addresses: readonly string[] }) =>
    `${name} points here (${list(addresses)}).`,
  'name-unchecked': () => 'Not checked yet.',
  'name-servers-silent': ({ name }: { name: string }) => `No name server responds for ${name}. Linkcast will retry.`,
  'name-alias': ({ name, target }: { name: string; target: string }) =>
    `${name} is an alias (CNAME) of ${target}, so it cannot have an address of its own. Delete the alias at the DNS provider.`,
  'name-elsewhere': ({
    name,
    served,
    wanted,
  }: {
    name: string;
    served: readonly string[];
    wanted: readonly string[];
  }) =>
    `${name} points to ${addressesOf(served)}, but this connection has ${addressesOf(wanted)}. Change the record, or set a DDNS_PROVIDER that changes it.`,
  'name-update-pending': ({
    name,
    served,
    wanted,
  }: {
    name: string;
    served: readonly string[];
    wanted: readonly string[];
  }) =>
    `${name} points to ${addressesOf(served)}, but this connection has ${addressesOf(wanted)}. The record will be changed shortly.`,
  'name-not-served-yet': ({ name, wanted }: { name: string; wanted: readonly string[] }) =>
    `The provider accepted ${addressesOf(wanted)} for ${name}, but its name servers do not answer with it yet.`,

  'provider-unreachable': ({ provider }: { provider: string }) => `${provider} cannot be reached. Linkcast will retry.`,
  'provider-timeout': ({ provider }: { provider: string }) =>
    `${provider} did not respond in time. Linkcast will retry.`,
  'provider-bad-certificate': ({ provider }: { provider: string }) =>
    `A server without a valid certificate answered instead of ${provider}, so the key was not sent to it.`,
  'provider-redirects': ({ provider }: { provider: string }) =>
    `${provider} redirects to another address, and the key is not sent there.`,
  'provider-bad-answer': ({ provider }: { provider: string }) =>
    `The answer did not come from ${provider}. Linkcast will retry.`,
  'provider-error': ({ provider, status }: { provider: string; status: number }) =>
    `${provider} answered with error ${status}. Linkcast will retry.`,
  'provider-rate-limited': ({ provider }: { provider: string }) =>
    `${provider} received too many requests. Linkcast will retry later.`,
  'provider-bad-key': ({ provider, settings }: { provider: string; settings: string }) =>
    `${provider} rejects the key. Make a new one there, set ${settings}, and restart Linkcast.`,
  'provider-no-zone': ({ provider, name }: { provider: string; name: string }) =>
    `The account at ${provider} has no domain for ${name}. Use the key of the account that has it.`,
  'provider-several-records': ({ provider, name, type }: { provider: string; name: string; type: string }) =>
    `${name} has several ${type} records at ${provider}. Delete all but one; Linkcast then keeps that one up to date.`,
  'provider-unknown-name': ({ provider, name }: { provider: string; name: string }) =>
    `${provider} does not have ${name} in this account. Add it there, or correct DOMAIN_NAME.`,
  'provider-blocked': ({ provider }: { provider: string }) =>
    `${provider} blocked the name because of too many updates. Ask its support to unblock it.`,
  'provider-not-paid': ({ provider }: { provider: string }) => `${provider} offers this only to paying customers.`,
  'provider-bad-agent': ({ provider }: { provider: string }) =>
    `${provider} does not accept updates from this program.`,
  'provider-refused': ({ provider }: { provider: string }) =>
    `${provider} rejects the update. Check its settings there.`,

  'challenge-foreign-name': () => 'Challenges are answered only for the name of this site.',
  'challenge-unsupported': () => 'The DNS provider does not support TXT records here.',
  'challenge-not-served': () => 'The TXT record was set, but the name servers did not answer with it in time.',
};
