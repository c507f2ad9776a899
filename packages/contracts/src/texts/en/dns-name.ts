/** What the DDNS updater says of the public name. */
export const dnsName = {};
