import type { Message } from '@linkcast/contracts';
import { message } from '@linkcast/texts';
import { z } from 'zod';
import { secureUrl } from '../http/secure-url.ts';
import { createProviderClient, isSuccess, type ProviderClient } from './provider-client.ts';
import { defineProvider } from './provider-definition.ts';
import { ProviderFault } from './provider-fault.ts';
import { settingFaults } from './setting-faults.ts';

const DEFAULT_PATH = '/nic/update';
const NEEDED = ['DYNDNS2_SERVER', 'DYNDNS2_USER', 'DYNDNS2_PASSWORD'] as const;
const KEY_SETTINGS = 'DYNDNS2_USER and DYNDNS2_PASSWORD';
/** The protocol demands half an hour without requests after 911. */
const OUTAGE_WAIT_MS = 1_800_000;

/** The protocol that No-IP, Dynu, deSEC and many others speak (https://help.dyn.com/remote-access-api/). */
export const dyndns2 = defineProvider({
  settings: {
    DYNDNS2_SERVER: secureUrl('https://dynupdate.no-ip.com')
      .optional()
      .describe('Update server, such as https://dynupdate.no-ip.com, https://api.dynu.com, https://update.dedyn.io.'),
    DYNDNS2_USER: z.string().optional().describe('User name there.'),
    DYNDNS2_PASSWORD: z.string().optional().describe('Password or token there.'),
  },
  secrets: ['DYNDNS2_PASSWORD'],
  faults: (settings) =>
    NEEDED.filter((setting) => settings[setting] === undefined).map((setting) => ({
      setting,
      message: settingFaults.needed('dyndns2'),
    })),
  create: ({ DYNDNS2_SERVER: server = '', DYNDNS2_USER: user = '', DYNDNS2_PASSWORD: password = '' }, deps) => {
    const url = new URL(server);
    if (url.pathname === '/') url.pathname = DEFAULT_PATH;
    const provider = url.hostname;
    const client = createProviderClient({ provider, keySettings: KEY_SETTINGS, timeoutMs: deps.timeoutMs });
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    return {
      write: async (name, { ipv4, ipv6 }, signal) => {
        const query = { hostname: name, myip: ipv4, myipv6: ipv6 };
        const answer = await client.send({ method: 'get', url: url.href, query, headers: { authorization }, signal });
        const code = answer.text.trim().split(/\s/)[0]?.toLowerCase() ?? '';
        if (code === 'good' || code === 'nochg') return { isProxied: false };
        throw faultOfCode(code, { provider, name }) ?? faultOfStatus(answer.status, client);
      },
    };
  },
});

/** The fault for a return code; undefined: not one of the protocol. */
function faultOfCode(code: string, of: { provider: string; name: string }): ProviderFault | undefined {
  const permanent = (reason: Message) => new ProviderFault('permanent', reason);
  switch (code) {
    case 'badauth':
      return permanent(message('provider-bad-key', { provider: of.provider, settings: KEY_SETTINGS }));
    case 'nohost':
    case 'notfqdn':
      return permanent(message('provider-unknown-name', of));
    case 'abuse':
      return permanent(message('provider-blocked', of));
    case '!donator':
      return permanent(message('provider-not-paid', of));
    case 'badagent':
      return permanent(message('provider-bad-agent', of));
    case 'numhost':
    case '!yours':
      return permanent(message('provider-refused', of));
    case '911':
    case 'dnserr':
      return new ProviderFault(
        'temporary',
        message('provider-error', { provider: of.provider, status: 500 }),
        OUTAGE_WAIT_MS,
      );
    default:
      return undefined;
  }
}

function faultOfStatus(status: number, client: ProviderClient): ProviderFault {
  return isSuccess(status) ? client.unexpectedAnswer() : client.statusFault(status);
}
