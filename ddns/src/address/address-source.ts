import axios from 'axios';
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isSecureUrl } from '../http/secure-url.ts';
import { shortestAddress, type Family } from './addresses.ts';

/** A server outside that reports our public address: a web page, or a DNS server that answers with the client's address. */
export interface AddressSource {
  /** Two sources of one host have one vote. */
  readonly host: string;
  /** Queries our address of this family. @throws when there is none, or the answer is not an address. */
  query(family: Family, signal: AbortSignal): Promise<string>;
}

const MAX_ANSWER_BYTES = 4096;
const DNS_PORT = '53';
const DNS_TIMEOUT_MS = 2500;
const DNS_TRIES = 2;

/**
 * Parses `https://host/path`, a page that holds the address alone or in a line `ip=…`, or
 * `dns://server[:port]/name[?type=TXT]`, a query to that server (without a type: A or AAAA).
 *
 * @param createResolver for the addresses of the sources themselves.
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
    query: async (family, signal) => {
      const address = await resolveHost(url.hostname, family, createResolver);
      const response = await axios.get<string>(url.href, {
        lookup: (_host, _options, done) => done(null, address, family),
        signal,
        maxRedirects: 0,
        maxContentLength: MAX_ANSWER_BYTES,
        proxy: false, // a proxy has another address
        responseType: 'text',
        transformResponse: (body: string) => body,
      });
      return parseAddress(/^ip=(.*)$/m.exec(response.data)?.[1] ?? response.data, family);
    },
  };
}

function dnsSource(url: URL, createResolver: () => Resolver): AddressSource {
  const name = url.pathname.slice(1);
  return {
    host: url.host,
    query: async (family, signal) => {
      const server = await resolveHost(url.hostname, family, createResolver);
      const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES });
      resolver.setServers([`${family === 6 ? `[${server}]` : server}:${url.port || DNS_PORT}`]);
      const cancel = (): void => resolver.cancel();
      signal.addEventListener('abort', cancel, { once: true });
      try {
        const answer = await queryAnswer(resolver, name, { family, type: url.searchParams.get('type') });
        return parseAddress(answer, family);
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
  };
}

async function queryAnswer(
  resolver: Resolver,
  name: string,
  { family, type }: { family: Family; type: string | null },
): Promise<string> {
  if (type !== 'TXT') return (await (family === 4 ? resolver.resolve4(name) : resolver.resolve6(name)))[0] ?? '';
  const lines = (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
  return lines.find((line) => isIP(line) === family) ?? '';
}

/** Resolves the source's host in the family that is queried: a connection over it shows our address of that family. */
async function resolveHost(host: string, family: Family, createResolver: () => Resolver): Promise<string> {
  const literal = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(literal) === family) return literal;
  if (isIP(literal) !== 0) throw new Error(`${literal} is not reached over IPv${family}`);
  const resolver = createResolver();
  const [address] = await (family === 4 ? resolver.resolve4(host) : resolver.resolve6(host));
  if (address === undefined) throw new Error(`${host} has no IPv${family} address`);
  return address;
}

function parseAddress(text: string, family: Family): string {
  const address = text.trim();
  if (isIP(address) !== family) throw new Error(`the answer is no IPv${family} address`);
  return shortestAddress(address);
}
