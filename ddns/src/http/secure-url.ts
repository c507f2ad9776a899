import { z } from 'zod';

const LOOPBACK_HOST = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;

/** May a key be sent there? Only over HTTPS, or to this machine itself. */
export function isSecureUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK_HOST.test(hostname));
}

/** A setting that holds a URL; slashes at its end are cut. */
export const secureUrl = (example: string) =>
  z
    .string()
    .refine(isSecureUrl, `must be an https address, such as ${example}`)
    .transform((text) => text.replace(/\/+$/, ''));
