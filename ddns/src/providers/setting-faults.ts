/** Faults of the updater's settings, in English as all faults of settings. */
export const settingFaults = {
  needed: (provider: string) => `is needed for DDNS_PROVIDER=${provider}`,
  ionosNeeded: 'is needed for DDNS_PROVIDER=ionos, or IONOS_UPDATE_URL',
  nameNeeded: 'needs DOMAIN_NAME: which name is to be kept?',
  duckDnsName: 'must end with .duckdns.org for DDNS_PROVIDER=duckdns',
};
