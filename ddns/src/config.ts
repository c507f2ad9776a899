import { domainName, installationMark, keyDigests, listOf, logLevel, port } from '@linkcast/kit';
import { Cron } from 'croner';
import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';
import { z } from 'zod';
import { parseAddressSource } from './address/address-source.ts';
import { createResolver } from './dns/resolver.ts';
import { providers, type ProviderId } from './providers/providers.ts';
import { settingFaults } from './providers/setting-faults.ts';

/** Several operators, by HTTP and by DNS, so that no single one can point the name elsewhere. */
const DEFAULT_SOURCES = [
  'https://api64.ipify.org',
  'https://icanhazip.com',
  'https://ident.me',
  'https://ifconfig.co/ip',
  'dns://resolver1.opendns.com/myip.opendns.com',
  'dns://ns1.google.com/o-o.myaddr.l.google.com?type=TXT',
].join(' ');

const common = {
  DOMAIN_NAME: domainName().describe('Public name of the site. Without it neither ddns nor certbot is started.'),
  DDNS_PROVIDER: z
    .enum(['off', ...(Object.keys(providers) as ProviderId[])]) // keys of that very object
    .default('off')
    .describe('DNS provider that has the record of the name. off: the name is only watched.'),
  DDNS_SCHEDULE: z
    .string()
    .refine(isSchedule, 'must be a cron pattern such as */5 * * * *')
    .default('*/5 * * * *')
    .describe(
      'Times at which the public address and the name are checked (cron), each with some seconds of delay at random.',
    ),
  DDNS_TTL: z.coerce
    .number('must be seconds')
    .int('must be whole seconds')
    .min(60, 'must be at least 60')
    .max(86_400, 'must be at most 86400')
    .default(300)
    .describe('Time to live of new records, in seconds.'),
  DDNS_IPV6: z.enum(['auto', 'off'], 'must be auto or off').default('auto').describe('off leaves AAAA records alone.'),
  DDNS_SOURCES: listOf(
    (entry) => parseAddressSource(entry, createResolver) !== undefined,
    'must be https://host/path or dns://server/name entries',
  )
    .prefault(DEFAULT_SOURCES)
    .describe('Sources of the public address: pages that show it, and DNS names (?type=TXT for text). Two must agree.'),
  DDNS_ALLOW_RANGES: listOf((entry) => ipaddr.isValidCIDR(entry), 'must be address ranges such as 100.64.0.0/10')
    .default([])
    .describe('Address ranges that count as public too: for a name inside a private network, and for tests.'),
  DNS_SERVERS: listOf(isServer, 'must be IP addresses, with a port if need be, such as 9.9.9.9 or 127.0.0.1:5353')
    .default([])
    .describe("Resolvers that find the name's own servers, for networks whose DNS has other answers inside."),
  NAMESERVER_PORT: port().min(1).default(53).describe("Port of the name's own servers. Another one is for tests."),
  ROUTER_ADDRESS: z
    .string()
    .refine((text) => isIP(text) !== 0, 'must be an IP address')
    .optional()
    .describe('Inner address of the router; its outer address is read by NAT-PMP, when it has that.'),
  SITE_URL: z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:\/\//.test(text), 'must be an address such as https://host:4433')
    .optional()
    .describe('Public root of the site; only a port in it matters here. Default: ports 80 and 443.'),
  KEY_DIGESTS: keyDigests().describe(
    'Digests of the keys that the updater accepts: `name:sha256`. It answers yt-app, and certbot about challenges.',
  ),
  INSTALLATION_MARK: installationMark().describe('Answer of the site at /.well-known/linkcast.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on. In a container: 0.0.0.0.'),
  PORT: port().default(5001).describe('Port to listen on.'),
  DATA_DIR: z.string().default('./data').describe('Directory of ddns.json.'),
  LOG_LEVEL: logLevel().describe('The least severe lines logged.'),
};

// The settings of all providers are added; each provider parses its own with its own schema.
const shape = Object.assign({}, common, ...Object.values(providers).map(({ settings }) => settings)) as typeof common;

/** The settings of the updater; see `docs/configuration.md` and the README beside this folder. */
export const DdnsConfig = z.object(shape).superRefine(
  (config, context) => {
    const { DDNS_PROVIDER: id } = config;
    const name = config.DOMAIN_NAME as string | undefined; // unparsed yet when other settings are bad
    const provider = id === 'off' ? undefined : (providers[id] as (typeof providers)[ProviderId] | undefined); // unparsed yet when other settings are bad
    if (!provider) return;
    const add = (setting: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [setting], message });
    if (name === undefined) add('DDNS_PROVIDER', settingFaults.nameNeeded);
    for (const { setting, message } of provider.faults(config, name ?? '')) add(setting, message);
  },
  { when: () => true }, // listed beside the other faults
);
export type DdnsConfig = z.infer<typeof DdnsConfig>;

function isSchedule(text: string): boolean {
  try {
    return new Cron(text, { paused: true }).nextRun() !== null;
  } catch {
    return false; // no pattern
  }
}

function isServer(text: string): boolean {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\](?::\d+)?|([^:]+)(?::\d+)?)$/.exec(text) ?? [];
  return isIP(bracketed ?? plain ?? text) !== 0;
}
