import { serviceNames } from '@linkcast/contracts';
import { digestOf, type KeyDigests, type KeyHolder } from '@linkcast/kit';

const holders = ['owner', ...serviceNames] as const satisfies readonly KeyHolder[];

/** A key of each holder, all different. */
export const testKeys: Readonly<Record<KeyHolder, string>> = {
  owner: keyOf('owner'),
  nginx: keyOf('nginx'),
  icecast: keyOf('icecast'),
  worker: keyOf('worker'),
  bot: keyOf('bot'),
  certbot: keyOf('certbot'),
  'yt-app': keyOf('yt-app'),
};

/** The digests of all {@link testKeys}. */
export const testKeyDigests: KeyDigests = new Map(holders.map((holder) => [holder, digestOf(testKeys[holder])]));

/** The setting KEY_DIGESTS for {@link testKeys}, without those of `except`. */
export function keyDigestsSetting(...except: KeyHolder[]): string {
  const entries = [...testKeyDigests].filter(([holder]) => !except.includes(holder));
  return entries.map(([holder, digest]) => `${holder}:${digest.toString('hex')}`).join(',');
}

function keyOf(holder: KeyHolder): string {
  return `canary-key-of-${holder}-0123456789`;
}
