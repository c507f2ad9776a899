import type { Texts } from '@linkcast/texts';
import type { MadeBackup } from './make-backup.ts';

/** Sentences for the owner about a backup: where it is, and what is not in it. */
export function describeBackup({ path, bytes, manifest, deleted }: MadeBackup, texts: Texts['backup']): string[] {
  const { media, secrets } = manifest;
  return [
    texts.made({ path, size: bytes, count: media.items }),
    secrets === 'encrypted' ? texts.secretsEncrypted : texts.secretsLeftOut,
    media.isIncluded ? texts.mediaIncluded : texts.mediaListed,
    ...(deleted.length > 0 ? [texts.deleted({ count: deleted.length })] : []),
  ];
}
