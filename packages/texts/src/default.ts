/** English, with the texts that are written in English only: faults of settings, and a title that is stored. */
export * from './en/index.ts';
export { dnsName } from './en/dns-name.ts';
export { library } from './en/library.ts';
