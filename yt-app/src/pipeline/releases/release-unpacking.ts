import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { minimalEnvironment, OWNER_VARIABLE, runProgram } from '@linkcast/kit';
import type { ReleaseProgramOptions } from './release-programs.ts';
import { ReleaseRefused } from './release-refused.ts';

/** On a slow machine, compiling 1200 modules takes a minute. */
const WALL_SECONDS = 600;
const MAX_MEMORY_BYTES = 500e6;
/** yt-dlp 2026.11 has 1,250 files of 13 MB. */
const MAX_FILES = 10_000;
const MAX_BYTES = 100e6;

/** `zipfile` writes below the target only, whatever the names are, and makes no links; it stops at the size that an entry announces. */
const UNPACK = `
import compileall, sys, zipfile
archive, target = sys.argv[1:]
with zipfile.ZipFile(archive) as release:
    entries = release.infolist()
    if len(entries) > ${MAX_FILES} or sum(entry.file_size for entry in entries) > ${MAX_BYTES}:
        sys.exit('too large')
    release.extractall(target)
compileall.compile_dir(target, quiet=2)
`;

/**
 * Unpacks the program of a release (a zip file behind a line for the shell) into `lib`, and compiles its modules: a start takes 0.4 s with
 * byte code, 0.8 s without. In a sandbox that has this folder and no network.
 *
 * @throws {ReleaseRefused} trial, when it cannot be unpacked.
 */
export async function unpackRelease(
  program: Buffer,
  { owner, sandbox, directory, signal }: ReleaseProgramOptions,
): Promise<void> {
  const archive = path.join(directory, 'yt-dlp.zip');
  const target = path.join(directory, 'lib');
  await writeFile(archive, program);
  await mkdir(target);
  const { outcome } = await runProgram({
    file: 'python3',
    args: ['-I', '-c', UNPACK, archive, target],
    env: minimalEnvironment(directory, { [OWNER_VARIABLE]: owner }),
    signal,
    wallSeconds: WALL_SECONDS,
    maxMemoryBytes: MAX_MEMORY_BYTES,
    priority: 'idle',
    confinement: { sandbox, readable: [archive], writable: [target], network: 'none', mayStartPrograms: false },
  });
  if (outcome.kind !== 'finished') throw new ReleaseRefused('trial', { cause: outcome });
  await rm(archive);
}
