import { serviceNames, type ServiceName } from '@linkcast/contracts';
import { z } from 'zod';
import { digestOf, isSameDigest } from './secret-digest.ts';
import { splitList } from '../config/settings.ts';

/** The holder of a key: a part, or the owner (the API token). */
export type KeyHolder = ServiceName | 'owner';

/** SHA-256 of the keys that are accepted, by holder. */
export type KeyDigests = ReadonlyMap<KeyHolder, Buffer>;

const HOLDERS: readonly string[] = ['owner', ...serviceNames];
const ENTRY = /^([a-z-]+):([0-9a-f]{64})$/;
const FAULT = `must be name:sha256 entries, in hex and each once, with the names ${HOLDERS.join(', ')}`;

/** `nginx:<64 hex digits>, bot:<64 hex digits>`: digests of keys, between commas or white space. */
export const keyDigests = () =>
  z.string().transform((text, context): KeyDigests => {
    const digests = new Map<KeyHolder, Buffer>();
    const seen = new Set<string>();
    for (const entry of splitList(text)) {
      const [, holder = '', digest = ''] = ENTRY.exec(entry) ?? [];
      if (!isHolder(holder) || seen.has(holder) || seen.has(digest)) {
        context.addIssue({ code: 'custom', message: FAULT });
        return z.NEVER;
      }
      seen.add(holder).add(digest);
      digests.set(holder, Buffer.from(digest, 'hex'));
    }
    return digests;
  });

/** Finds the holder of a key. @returns undefined for an unknown key. Compares in a time that does not depend on the key. */
export function findKeyHolder(digests: KeyDigests, key: string): KeyHolder | undefined {
  const given = digestOf(key);
  let found: KeyHolder | undefined;
  for (const [holder, digest] of digests) if (isSameDigest(digest, given)) found = holder;
  return found;
}

function isHolder(text: string): text is KeyHolder {
  return HOLDERS.includes(text);
}
