import { z } from 'zod';
import { isSecureUrl } from '../http/secure-url.ts';
import { createProviderClient, isSuccess, isWebPage } from './provider-client.ts';
import { defineProvider } from './provider-definition.ts';
import { settingFaults } from './setting-faults.ts';

/** Any other provider: fetching a URL updates the name. */
export const updateUrl = defineProvider({
  settings: {
    DDNS_UPDATE_URL: z
      .string()
      .refine(
        (text) => isSecureUrl(fill(text, { name: 'name', ipv4: '192.0.2.1', ipv6: undefined })),
        'must be an https address, such as https://dns.example/update?key=…&host={name}&ip={ipv4}',
      )
      .optional()
      .describe('Fetched to update the name; {name}, {ipv4} and {ipv6} are filled in. It is a secret.'),
  },
  secrets: ['DDNS_UPDATE_URL'],
  faults: ({ DDNS_UPDATE_URL }) =>
    DDNS_UPDATE_URL === undefined ? [{ setting: 'DDNS_UPDATE_URL', message: settingFaults.needed('url') }] : [],
  create: ({ DDNS_UPDATE_URL: template = '' }, deps) => {
    const provider = new URL(fill(template, { name: 'name', ipv4: undefined, ipv6: undefined })).hostname;
    const client = createProviderClient({ provider, keySettings: 'DDNS_UPDATE_URL', timeoutMs: deps.timeoutMs });
    return {
      write: async (name, addresses, signal) => {
        const answer = await client.send({ method: 'get', url: fill(template, { name, ...addresses }), signal });
        if (!isSuccess(answer.status)) throw client.statusFault(answer.status);
        if (isWebPage(answer)) throw client.unexpectedAnswer();
        return { isProxied: false };
      },
    };
  },
});

function fill(template: string, facts: Record<'name' | 'ipv4' | 'ipv6', string | undefined>): string {
  return template.replaceAll(/\{(name|ipv4|ipv6)\}/g, (_, fact: 'name' | 'ipv4' | 'ipv6') =>
    encodeURIComponent(facts[fact] ?? ''),
  );
}
