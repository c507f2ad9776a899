import { chromium, type Browser } from 'playwright-core';

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

export interface ChromiumOptions {
  /** Addresses that names lead to, whatever DNS says. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** SHA-256 digests, in base64, of public keys whose certificates count as valid: nothing else fills the cache over TLS. */
  readonly trustedKeys?: readonly string[];
  /** Speaks HTTP/3 with this `host:port` from the start; Chromium takes a certificate that it does not know by its key. */
  readonly http3?: { readonly hostPort: string; readonly keyDigest: string };
}

/** Debian's Chromium. */
export async function openChromium({ hosts = {}, trustedKeys = [], http3 }: ChromiumOptions = {}): Promise<Browser> {
  const rules = Object.entries(hosts).map(([name, address]) => `MAP ${name} ${address}`);
  const keys = http3 ? [...trustedKeys, http3.keyDigest] : trustedKeys;
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...args,
      ...(rules.length > 0 ? [`--host-resolver-rules=${rules.join(',')}`] : []),
      ...(keys.length > 0 ? [`--ignore-certificate-errors-spki-list=${keys.join(',')}`] : []),
      http3 ? `--origin-to-force-quic-on=${http3.hostPort}` : '--disable-quic',
    ],
  });
}
