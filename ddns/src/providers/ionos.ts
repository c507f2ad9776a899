import type { Message } from '@linkcast/contracts';
import { message } from '@linkcast/texts';
import { z } from 'zod';
import { secureUrl } from '../http/secure-url.ts';
import { createIonosUpdate } from './ionos-update.ts';
import { createProviderClient, isSuccess, type ProviderClient, type ProviderRequest } from './provider-client.ts';
import { defineProvider } from './provider-definition.ts';
import { ProviderFault } from './provider-fault.ts';
import type { NameProvider } from './provider.ts';
import { createZoneRecords, withoutQuotes, type ZoneApi } from './zone-records.ts';
import { settingFaults } from './setting-faults.ts';

const NAME = 'IONOS';
const Zones = z.array(z.object({ id: z.string(), name: z.string() }));
const Zone = z.object({
  records: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), content: z.string() })),
});

/**
 * IONOS (https://developer.hosting.ionos.com/docs/dns): the DNS API when the key may use it; otherwise the update URL of the
 * owner, or one that is requested with the key once.
 */
export const ionos = defineProvider({
  settings: {
    IONOS_TOKEN: z
      .string()
      .regex(/^[\w-]+\.[\w-]+$/, 'must be the API key in the form prefix.secret')
      .optional()
      .describe('API key of IONOS, as prefix.secret.'),
    IONOS_UPDATE_URL: secureUrl('https://ipv4.api.hosting.ionos.com/dns/v1/dyndns?q=…')
      .optional()
      .describe('Update URL of IONOS, instead of the key or when the key may not use the DNS API. It is a secret.'),
    IONOS_API_ROOT: secureUrl('https://api.hosting.ionos.com/dns')
      .default('https://api.hosting.ionos.com/dns')
      .describe("Root of IONOS' DNS API. Another one is for tests."),
  },
  secrets: ['IONOS_TOKEN', 'IONOS_UPDATE_URL'],
  faults: ({ IONOS_TOKEN, IONOS_UPDATE_URL }) =>
    IONOS_TOKEN === undefined && IONOS_UPDATE_URL === undefined
      ? [{ setting: 'IONOS_TOKEN', message: settingFaults.ionosNeeded }]
      : [],
  create: ({ IONOS_TOKEN: key, IONOS_UPDATE_URL: updateUrl, IONOS_API_ROOT: apiRoot }, deps): NameProvider => {
    const client = createProviderClient({ provider: NAME, keySettings: 'IONOS_TOKEN', timeoutMs: deps.timeoutMs });
    const update = createIonosUpdate({ client, apiRoot, key, updateUrl, memory: deps.memory });
    if (key === undefined) return { write: (name, addresses, signal) => update(name, addresses, signal) };
    const records = createZoneRecords(NAME, createIonosApi(client, apiRoot, key, deps.ttlSeconds));
    return {
      write: async (name, addresses, signal) => {
        try {
          return await records.write(name, addresses, signal);
        } catch (error) {
          if (!(error instanceof ApiUnusable)) throw error;
          return update(name, addresses, signal);
        }
      },
      texts: records,
    };
  },
});

/** The key may not use the DNS API, or the API does not have this name: the update URL may work all the same. */
class ApiUnusable extends ProviderFault {}

function createIonosApi(client: ProviderClient, root: string, key: string, ttl: number): ZoneApi<string> {
  const headers = { 'x-api-key': key, accept: 'application/json' };
  const unusable = (reason: Message) => new ApiUnusable('permanent', reason);
  const change = async (request: ProviderRequest): Promise<void> => {
    const { status } = await client.send(request);
    if (!isSuccess(status)) throw client.statusFault(status);
  };

  return {
    findZone: async (name, signal) => {
      const zones = await client
        .sendForJson(Zones, { method: 'get', url: `${root}/v1/zones`, headers, signal })
        .catch((error: unknown) => {
          throw error instanceof ProviderFault && error.kind === 'permanent' ? unusable(error.reason) : error;
        });
      const fitting = zones.filter((zone) => `.${name}`.endsWith(`.${zone.name.toLowerCase()}`));
      const zone = fitting.toSorted((a, b) => b.name.length - a.name.length)[0];
      if (!zone) throw unusable(message('provider-no-zone', { provider: NAME, name }));
      return zone.id;
    },
    list: async (zone, name, type, signal) => {
      const query = { suffix: name, recordType: type };
      const url = `${root}/v1/zones/${encodeURIComponent(zone)}`;
      const { records } = await client.sendForJson(Zone, { method: 'get', url, query, headers, signal });
      return records
        .filter((record) => record.name.toLowerCase() === name && record.type === type)
        .map(({ id, content }) => ({ id, content: withoutQuotes(content), isProxied: false }));
    },
    create: (zone, { name, type, content }, signal) => {
      const url = `${root}/v1/zones/${encodeURIComponent(zone)}/records`;
      return change({ method: 'post', url, headers, body: [{ name, type, content, ttl, disabled: false }], signal });
    },
    change: (zone, id, content, signal) => {
      const url = `${root}/v1/zones/${encodeURIComponent(zone)}/records/${encodeURIComponent(id)}`;
      return change({ method: 'put', url, headers, body: { content, ttl, disabled: false }, signal });
    },
    remove: (zone, id, signal) => {
      const url = `${root}/v1/zones/${encodeURIComponent(zone)}/records/${encodeURIComponent(id)}`;
      return change({ method: 'delete', url, headers, signal });
    },
  };
}
