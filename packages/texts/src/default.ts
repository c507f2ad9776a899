/** English with the texts that become messages: `certificate`, `dnsName`, `library`, `upkeep`. */
export * from './en/index.ts';
export { certificate } from './en/certificate.ts';
export { dnsName } from './en/dns-name.ts';
export { library } from './en/library.ts';
export { upkeep } from './en/upkeep.ts';
