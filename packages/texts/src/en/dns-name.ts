/** Texts of the DDNS updater about the public name. */
export const dnsName = {
  settings: {
    needed: (provider: string) => `is needed for DDNS_PROVIDER=${provider}`,
    ionosNeeded: 'is needed for DDNS_PROVIDER=ionos, or IONOS_UPDATE_URL',
    nameNeeded: 'needs DOMAIN_NAME: which name is to be kept?',
    duckDnsName: 'must end with .duckdns.org for DDNS_PROVIDER=duckdns',
  },

  checks: { address: 'public address', record: 'name' },
  right: (name: string, addresses: string) => `${name} leads here (${addresses}).`,
  notLookedYet: 'Not looked yet.',

  offline: 'No source of the public address answers. The line may be down; it is tried again by itself.',
  tooFewSources: (address: string) =>
    `Only one source says that the public address is ${address}. Two must agree before the name is changed.`,
  sourcesDisagree: (addresses: string) =>
    `The sources of the public address do not agree (${addresses}). The name stays as it is until they do.`,
  carrierNat: (address: string) =>
    `The provider of the line gives out ${address}, which it shares among many customers (carrier-grade NAT), so nobody can reach this line by it. Ask the provider for a public IPv4 address.`,
  notPublic: (address: string) =>
    `${address} was found as the public address, but nobody outside can reach an address of that kind. The name stays as it is.`,

  serversSilent: (name: string) => `No name server answers for ${name}. It is tried again by itself.`,
  alias: (name: string, target: string) =>
    `${name} is an alias (CNAME) of ${target}, so it cannot have an address of its own. Delete the alias at the DNS provider.`,
  leadsElsewhere: (name: string, served: string, wanted: string) =>
    `${name} leads to ${served}, but this line is ${wanted}. Set the record, or a DDNS_PROVIDER that does it.`,
  notYetHere: (name: string, served: string, wanted: string) =>
    `${name} leads to ${served}, but this line is ${wanted}. The record is about to be changed.`,
  nowhere: 'nowhere',
  notServedYet: (name: string, wanted: string) =>
    `The provider accepted ${wanted} for ${name}, but its name servers do not answer with it yet.`,

  provider: {
    unreachable: (provider: string) => `${provider} cannot be reached. It is tried again by itself.`,
    tooSlow: (provider: string) => `${provider} did not answer in time. It is tried again by itself.`,
    badCertificate: (provider: string) =>
      `Something answers in the place of ${provider} without a valid certificate, so it was told nothing.`,
    redirects: (provider: string) => `${provider} sends us elsewhere, where our key must not go.`,
    notItsAnswer: (provider: string) => `What came is not an answer of ${provider}. It is tried again by itself.`,
    failed: (provider: string, status: number) =>
      `${provider} answered with the error ${status}. It is tried again by itself.`,
    tooMany: (provider: string) => `${provider} asks us to slow down. It is tried again later.`,
    badKey: (provider: string, settings: string) =>
      `${provider} refuses the key. Make a new one there, set ${settings}, and start Linkcast again.`,
    noZone: (provider: string, name: string) =>
      `The account at ${provider} has no domain that ${name} belongs to. Use the key of the account that has it.`,
    severalRecords: (provider: string, name: string, type: string) =>
      `${name} has several ${type} records at ${provider}. Delete all but one: that one is then kept fresh.`,
    unknownName: (provider: string, name: string) =>
      `${provider} does not know ${name} in this account. Add it there, or correct DOMAIN_NAME.`,
    abuse: (provider: string) =>
      `${provider} has blocked the name because of too many updates. Ask its support to unblock it.`,
    notPaid: (provider: string) => `${provider} offers this to paying customers only.`,
    badAgent: (provider: string) => `${provider} does not accept this program for updates.`,
    refused: (provider: string) => `${provider} refuses the update. Look at its settings there.`,
  },

  challenge: {
    foreignName: 'Only challenges for the name of this site are answered.',
    notAble: 'The DNS provider cannot hold a TXT record for us.',
    notServed: 'The TXT record was set, but the name servers did not answer with it in time.',
  },
};
