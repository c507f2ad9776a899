import type { Logger, SandboxKind } from '@linkcast/kit';
import type { YtDlp } from '../programs/ytdlp.ts';
import type { Downloaders } from './downloaders.ts';
import { proveSums, requireDigest, type SignedSums } from './release-proof.ts';
import type { ReleaseStore } from './release-store.ts';
import { tryRelease } from './release-trial.ts';
import { unpackRelease } from './release-unpacking.ts';

/** A release of yt-dlp as it is offered. Nothing of it is trusted. */
export interface OfferedRelease {
  readonly version: string;
  /** Fetches the signed checksums. */
  readonly fetchSums: () => Promise<SignedSums>;
  /** Fetches the program. */
  readonly fetchProgram: () => Promise<Buffer>;
}

/**
 * Proves, unpacks and tries a release, and makes it the current one. Whatever fails or ends the worker meanwhile, the one before stays.
 * Nothing that is not proved reaches the disk, except the checksums and their signature.
 *
 * @throws {ReleaseRefused}, or the errors of the fetches; the reason of the signal.
 */
export type InstallRelease = (offered: OfferedRelease, signal: AbortSignal) => Promise<void>;

export interface ReleaseInstallerOptions {
  readonly store: ReleaseStore;
  readonly downloaders: Pick<Downloaders, 'take'>;
  readonly createYtDlp: (release: string) => YtDlp;
  readonly owner: string;
  readonly sandbox: SandboxKind;
  /** The ASCII-armoured public key of the releases. */
  readonly signingKey: string;
  readonly logger: Logger;
}

export function createReleaseInstaller(options: ReleaseInstallerOptions): InstallRelease {
  const { store, downloaders, createYtDlp, owner, sandbox, signingKey, logger } = options;
  return async ({ version, fetchSums, fetchProgram }, signal) => {
    const note = (step: string): void => logger.info({ version }, step);
    const directory = await store.begin();
    const programs = { owner, sandbox, directory, signal };
    const digest = await proveSums(await fetchSums(), signingKey, programs);
    note('release proved');
    const program = await fetchProgram();
    requireDigest(program, digest);
    note('release fetched');
    await unpackRelease(program, programs);
    note('release unpacked');
    await tryRelease(createYtDlp(directory), { directory, version }, signal);
    note('release tried');
    signal.throwIfAborted();
    const release = await store.keep(directory, version);
    note('release kept');
    await downloaders.take(release);
  };
}
