import { z } from 'zod';

const LOOPBACK_HOST = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;

/** True for a URL that a key may be sent to: HTTPS, or HTTP to this machine itself. */
export function isSecureUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK_HOST.test(hostname));
}

/** The schema of a setting that holds such a URL; slashes at its end are cut. */
export const secureUrl = (example: string) =>
  z
    .string()
    .refine(isSecureUrl, `must be an https address, such as ${example}`)
    .transform((text) => text.replace(/\/+$/, ''));
