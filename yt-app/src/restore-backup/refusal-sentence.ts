import { BackupRefused, FolderInUse, isDiskFull } from '@linkcast/kit';
import type { Texts } from '@linkcast/texts';
import { WrongPassphrase } from '../backup/secret-archive.ts';
import { MoveRefused } from '../database/move/move-refused.ts';
import { BackupUnauthenticated, PassphraseNeeded } from './restored-secrets.ts';

export interface RefusalPlace {
  /** The folder of the backup. */
  readonly from: string;
  readonly dataDir: string;
  readonly texts: Texts['backup'];
}

/** The sentence for the owner about a restore that was refused; undefined: a bug. */
export function refusalSentence(error: unknown, { from, dataDir, texts }: RefusalPlace): string | undefined {
  if (error instanceof PassphraseNeeded) return texts.passphraseNeeded;
  if (error instanceof BackupUnauthenticated) return texts.unauthenticated;
  if (error instanceof WrongPassphrase) return texts.wrongPassphrase;
  if (error instanceof FolderInUse) return texts.inUse({ where: dataDir });
  if (error instanceof MoveRefused) return texts.inUse({ where: 'PostgreSQL' });
  if (isDiskFull(error)) return texts.diskFull;
  if (!(error instanceof BackupRefused)) return undefined;
  const { fault, file } = error;
  if (fault === 'foreign') return texts.refused.foreign({ path: from });
  if (fault === 'newer') return texts.refused.newer;
  return texts.refused[fault]({ file });
}
