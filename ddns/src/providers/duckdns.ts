import { message } from '@linkcast/texts';
import { z } from 'zod';
import { secureUrl } from '../http/secure-url.ts';
import { createProviderClient } from './provider-client.ts';
import { defineProvider } from './provider-definition.ts';
import { ProviderFault } from './provider-fault.ts';
import { settingFaults } from './setting-faults.ts';

const NAME = 'DuckDNS';
const SUFFIX = '.duckdns.org';
const CHALLENGE_PREFIX = /^_acme-challenge\./;

/** DuckDNS (https://www.duckdns.org/spec.jsp): one GET for everything, with the token in its query, answered with OK or KO. */
export const duckdns = defineProvider({
  settings: {
    DUCKDNS_TOKEN: z
      .string()
      .regex(/^[\w-]{8,}$/, 'must be the token of DuckDNS')
      .optional()
      .describe('Token of DuckDNS.'),
    DUCKDNS_API_ROOT: secureUrl('https://www.duckdns.org')
      .default('https://www.duckdns.org')
      .describe('Root of DuckDNS. Another one is for tests.'),
  },
  secrets: ['DUCKDNS_TOKEN'],
  faults: ({ DUCKDNS_TOKEN }, name) => [
    ...(DUCKDNS_TOKEN === undefined ? [{ setting: 'DUCKDNS_TOKEN', message: settingFaults.needed('duckdns') }] : []),
    ...(name.endsWith(SUFFIX) ? [] : [{ setting: 'DOMAIN_NAME', message: settingFaults.duckDnsName }]),
  ],
  create: ({ DUCKDNS_TOKEN: token = '', DUCKDNS_API_ROOT: root }, deps) => {
    const client = createProviderClient({ provider: NAME, keySettings: 'DUCKDNS_TOKEN', timeoutMs: deps.timeoutMs });

    const update = async (name: string, query: Record<string, string | undefined>, signal: AbortSignal) => {
      const domains = subnameOf(name);
      const answer = await client.send({
        method: 'get',
        url: `${root}/update`,
        query: { domains, token, ...query },
        signal,
      });
      if (answer.status !== 200) throw client.statusFault(answer.status);
      const code = answer.text.trim().split(/\s/)[0];
      if (code === 'KO')
        throw new ProviderFault(
          'permanent',
          message('provider-bad-key', { provider: NAME, settings: 'DUCKDNS_TOKEN, DOMAIN_NAME' }),
        );
      if (code !== 'OK') throw client.unexpectedAnswer();
    };
    return {
      write: async (name, { ipv4, ipv6 }, signal) => {
        await update(name, { ip: ipv4, ipv6, verbose: 'true' }, signal);
        return { isProxied: false };
      },
      texts: {
        set: (name, value, signal) => update(name, { txt: value }, signal),
        remove: (name, value, signal) => update(name, { txt: value, clear: 'true' }, signal),
      },
    };
  },
});

/** `home` of `home.duckdns.org`, and of names below it. */
function subnameOf(name: string): string {
  const labels = name.replace(CHALLENGE_PREFIX, '').slice(0, -SUFFIX.length).split('.');
  return labels.at(-1) ?? '';
}
