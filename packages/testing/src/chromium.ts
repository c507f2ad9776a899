import { chromium, type Browser } from 'playwright-core';

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** Debian's Chromium. @param hosts addresses that names lead to, whatever DNS says */
export async function openChromium(hosts: Readonly<Record<string, string>> = {}): Promise<Browser> {
  const rules = Object.entries(hosts).map(([name, address]) => `MAP ${name} ${address}`);
  const mapping = rules.length > 0 ? [`--host-resolver-rules=${rules.join(',')}`] : [];
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: [...args, ...mapping] });
}
