import { message } from '@linkcast/texts';
import { z } from 'zod';
import { zoneCandidates } from '../dns/zone-candidates.ts';
import { secureUrl } from '../http/secure-url.ts';
import { createProviderClient, type ProviderClient, type ProviderRequest } from './provider-client.ts';
import { defineProvider } from './provider-definition.ts';
import { ProviderFault } from './provider-fault.ts';
import { createZoneRecords, withoutQuotes, type ZoneApi } from './zone-records.ts';
import { settingFaults } from './setting-faults.ts';

const NAME = 'Cloudflare';
const Done = z.object({ success: z.literal(true) });
const Zones = Done.extend({ result: z.array(z.object({ id: z.string(), name: z.string() })) });
const Records = Done.extend({
  result: z.array(z.object({ id: z.string(), content: z.string(), proxied: z.boolean().optional() })),
});

/** Cloudflare (https://developers.cloudflare.com/api/): a token with the right DNS:Edit for the one zone. */
export const cloudflare = defineProvider({
  settings: {
    CLOUDFLARE_TOKEN: z
      .string()
      .regex(/^[\w-]{20,}$/, 'must be an API token of Cloudflare')
      .optional()
      .describe('API token of Cloudflare, with the permission Zone, DNS, Edit for the zone of the name.'),
    CLOUDFLARE_API_ROOT: secureUrl('https://api.cloudflare.com/client/v4')
      .default('https://api.cloudflare.com/client/v4')
      .describe("Root of Cloudflare's API. Another one is for tests."),
  },
  secrets: ['CLOUDFLARE_TOKEN'],
  faults: ({ CLOUDFLARE_TOKEN }) =>
    CLOUDFLARE_TOKEN === undefined
      ? [{ setting: 'CLOUDFLARE_TOKEN', message: settingFaults.needed('cloudflare') }]
      : [],
  create: ({ CLOUDFLARE_TOKEN: token = '', CLOUDFLARE_API_ROOT: root }, deps) => {
    const client = createProviderClient({ provider: NAME, keySettings: 'CLOUDFLARE_TOKEN', timeoutMs: deps.timeoutMs });
    const records = createZoneRecords(NAME, createCloudflareApi(client, root, token, deps.ttlSeconds));
    return { write: (name, addresses, signal) => records.write(name, addresses, signal), texts: records };
  },
});

function createCloudflareApi(client: ProviderClient, root: string, token: string, ttl: number): ZoneApi<string> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const recordsOf = (zone: string): string => `${root}/zones/${encodeURIComponent(zone)}/dns_records`;
  const change = async (request: Omit<ProviderRequest, 'headers'>): Promise<void> => {
    await client.sendForJson(Done, { ...request, headers });
  };

  return {
    findZone: async (name, signal) => {
      for (const candidate of zoneCandidates(name)) {
        const query = { name: candidate };
        const { result } = await client.sendForJson(Zones, {
          method: 'get',
          url: `${root}/zones`,
          query,
          headers,
          signal,
        });
        if (result[0]) return result[0].id;
      }
      throw new ProviderFault('permanent', message('provider-no-zone', { provider: NAME, name }));
    },
    list: async (zone, name, type, signal) => {
      const query = { type, name };
      const { result } = await client.sendForJson(Records, {
        method: 'get',
        url: recordsOf(zone),
        query,
        headers,
        signal,
      });
      return result.map(({ id, content, proxied = false }) => ({
        id,
        content: withoutQuotes(content),
        isProxied: proxied,
      }));
    },
    create: (zone, { name, type, content }, signal) => {
      const quoted = type === 'TXT' ? `"${content}"` : content;
      return change({ method: 'post', url: recordsOf(zone), body: { type, name, content: quoted, ttl }, signal });
    },
    change: (zone, id, content, signal) =>
      change({ method: 'patch', url: `${recordsOf(zone)}/${encodeURIComponent(id)}`, body: { content }, signal }),
    remove: (zone, id, signal) =>
      change({ method: 'delete', url: `${recordsOf(zone)}/${encodeURIComponent(id)}`, signal }),
  };
}
