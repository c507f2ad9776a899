import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { minimalEnvironment, OWNER_VARIABLE, runProgram } from '@linkcast/kit';
import type { ReleaseProgramOptions } from './release-programs.ts';
import { ReleaseRefused } from './release-refused.ts';

/** The signed checksums of a release: `SHA2-256SUMS`, and its detached OpenPGP signature. */
export interface SignedSums {
  readonly sums: Buffer;
  readonly signature: Buffer;
}

const WALL_SECONDS = 20;
const MAX_STATUS_BYTES = 64_000;
/** Exit codes of gpgv: a bad signature, and what is none. Others are those of a machine without gpgv. */
const REFUSALS: readonly (number | null)[] = [1, 2];
/** The file of a release that runs on every machine with Python. */
const PROGRAM_NAME = 'yt-dlp';

/**
 * Proves the checksums of a release with gpgv, in a sandbox without a network. gpgv trusts the one key that it is given, and no other.
 *
 * @param key ASCII-armoured public key.
 * @returns the SHA-256 of the release's program, in hexadecimal.
 * @throws {ReleaseRefused} signature; checksum, when the program has none.
 */
export async function proveSums(signed: SignedSums, key: string, options: ReleaseProgramOptions): Promise<string> {
  const directory = path.join(options.directory, 'proof');
  await mkdir(directory);
  try {
    await requireSignature(signed, key, { ...options, directory });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  const line = new RegExp(`^([0-9a-f]{64}) [ *]${PROGRAM_NAME}$`, 'm');
  const [, digest] = line.exec(signed.sums.toString('latin1')) ?? [];
  if (digest === undefined) throw new ReleaseRefused('checksum');
  return digest;
}

async function requireSignature(
  { sums, signature }: SignedSums,
  key: string,
  { owner, sandbox, directory, signal }: ReleaseProgramOptions,
): Promise<void> {
  const write = async (name: string, content: Buffer): Promise<string> => {
    const file = path.join(directory, name);
    await writeFile(file, content);
    return file;
  };
  const keyring = await write('key.gpg', withoutArmour(key));
  const signatureFile = await write('sums.sig', signature);
  const sumsFile = await write('sums', sums);
  const { outcome, stdout } = await runProgram({
    file: 'gpgv',
    args: ['--homedir', directory, '--status-fd', '1', '--keyring', keyring, '--', signatureFile, sumsFile],
    env: minimalEnvironment(directory, { [OWNER_VARIABLE]: owner }),
    signal,
    wallSeconds: WALL_SECONDS,
    maxBytes: MAX_STATUS_BYTES,
    confinement: { sandbox, readable: [directory], writable: [], network: 'none', mayStartPrograms: false },
  });
  if (outcome.kind === 'failed' && !REFUSALS.includes(outcome.exitCode))
    throw new Error('gpgv did not run', { cause: outcome });
  const isSigned = outcome.kind === 'finished' && /^\[GNUPG:\] VALIDSIG /m.test(stdout);
  if (!isSigned) throw new ReleaseRefused('signature', { cause: outcome });
}

/** @throws {ReleaseRefused} checksum. */
export function requireDigest(program: Buffer, digest: string): void {
  if (createHash('sha256').update(program).digest('hex') !== digest) throw new ReleaseRefused('checksum');
}

/** The bytes of an ASCII-armoured key (RFC 9580, 6.2), without its checksum, which proves nothing. */
function withoutArmour(key: string): Buffer {
  const [, body = ''] =
    /-----BEGIN PGP PUBLIC KEY BLOCK-----\n(?:[^\n]+: [^\n]*\n)*\n([^-]*)-----END/.exec(key.replaceAll('\r', '')) ?? [];
  return Buffer.from(body.replace(/\n=.{4}\s*$/, ''), 'base64');
}
