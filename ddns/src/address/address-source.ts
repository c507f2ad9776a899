import axios from 'axios';
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isSecureUrl } from '../http/secure-url.ts';
import { normalAddress, type Family } from './address-classifier.ts';

/** Somebody outside who says what our address is: a web page, or a DNS server that answers with the asker's address. */
export interface AddressSource {
  /** Who it is; two sources of one host are one voice. */
  readonly host: string;
  /** Our address as it arrives there over this family. @throws when there is none, or no good answer. */
  ask(family: Family, signal: AbortSignal): Promise<string>;
}

const MAX_ANSWER_BYTES = 4096;
const DNS_PORT = '53';
const DNS_TIMEOUT_MS = 2500;
const DNS_TRIES = 2;

/**
 * `https://host/path`: a page that holds the address alone, or in a line `ip=…`. `dns://server[:port]/name[?type=TXT]`: a query
 * to that server; without a type A or AAAA.
 *
 * @param createResolver for finding the sources themselves.
 * @returns undefined when the text is neither.
 */
export function parseAddressSource(text: string, createResolver: () => Resolver): AddressSource | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol === 'dns:' && url.pathname.length > 1) return dnsSource(url, createResolver);
  return isSecureUrl(text) ? webSource(url, createResolver) : undefined;
}

function webSource(url: URL, createResolver: () => Resolver): AddressSource {
  return {
    host: url.host,
    ask: async (family, signal) => {
      const address = await findHost(url.hostname, family, createResolver);
      const response = await axios.get<string>(url.href, {
        lookup: (_host, _options, done) => done(null, address, family),
        signal,
        maxRedirects: 0,
        maxContentLength: MAX_ANSWER_BYTES,
        proxy: false, // its address is not ours
        responseType: 'text',
        transformResponse: (body: string) => body,
      });
      return asAddress(/^ip=(.*)$/m.exec(response.data)?.[1] ?? response.data, family);
    },
  };
}

function dnsSource(url: URL, createResolver: () => Resolver): AddressSource {
  const name = url.pathname.slice(1);
  return {
    host: url.host,
    ask: async (family, signal) => {
      const server = await findHost(url.hostname, family, createResolver);
      const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES });
      resolver.setServers([`${family === 6 ? `[${server}]` : server}:${url.port || DNS_PORT}`]);
      const cancel = (): void => resolver.cancel();
      signal.addEventListener('abort', cancel, { once: true });
      try {
        return asAddress(await firstAnswer(resolver, name, { family, type: url.searchParams.get('type') }), family);
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
  };
}

async function firstAnswer(
  resolver: Resolver,
  name: string,
  { family, type }: { family: Family; type: string | null },
): Promise<string> {
  if (type !== 'TXT') return (await (family === 4 ? resolver.resolve4(name) : resolver.resolve6(name)))[0] ?? '';
  const lines = (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
  return lines.find((line) => isIP(line) === family) ?? '';
}

/** An address of the source in the family that is asked about: the connection then shows ours of that family. */
async function findHost(host: string, family: Family, createResolver: () => Resolver): Promise<string> {
  const literal = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(literal) === family) return literal;
  if (isIP(literal) !== 0) throw new Error(`${literal} is not reached over IPv${family}`);
  const resolver = createResolver();
  const [address] = await (family === 4 ? resolver.resolve4(host) : resolver.resolve6(host));
  if (address === undefined) throw new Error(`${host} has no IPv${family} address`);
  return address;
}

function asAddress(text: string, family: Family): string {
  const address = text.trim();
  if (isIP(address) !== family) throw new Error(`no IPv${family} address came`);
  return normalAddress(address);
}
