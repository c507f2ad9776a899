import type { ProviderRequest } from '@linkcast/testing';
import type { ProviderDeps } from '../../src/providers/provider-definition.ts';

export const NAME = 'home.linkcast.test';
export const ZONE = 'linkcast.test';
export const IONOS_KEY = 'publicprefix.the-secret-part-of-the-key';
export const CLOUDFLARE_TOKEN = 'cloudflare-token-0123456789-abcdefghij';
export const DUCKDNS_TOKEN = 'a7c4d0ad-114e-40ef-ba1d-d217904a50f2';
export const DYNDNS2_USER = 'member';
export const DYNDNS2_PASSWORD = 'password of the member';
export const UPDATE_KEY = 'update-key-of-the-url';
export const signal = AbortSignal.timeout(120_000);

/** @param notes the memory of the provider. */
export function createDeps(notes: Map<string, string> = new Map()): ProviderDeps {
  return {
    ttlSeconds: 300,
    timeoutMs: 500,
    memory: { get: (key) => notes.get(key), set: (key, value) => Promise.resolve(void notes.set(key, value)) },
  };
}

/** A request as one line, and its body if it has one. */
export function inShort({ method, path, query, body }: ProviderRequest): unknown[] {
  const text = new URLSearchParams(query).toString();
  return [`${method} ${path}${text === '' ? '' : `?${text}`}`, ...(body === undefined ? [] : [body])];
}
