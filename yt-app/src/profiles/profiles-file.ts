import { readFile, stat } from 'node:fs/promises';
import {
  MOST_PROFILE_CHARACTERS,
  Problem,
  type Profile,
  type ProfileFault,
  type ProfilesAnswer,
} from '@linkcast/contracts';
import { startPeriodicLoop, writeFileAtomic, type Logger, type Stoppable } from '@linkcast/kit';
import { parseProfiles } from './parsed-profiles.ts';
import { maskPasswords, unmaskPasswords } from './password-marks.ts';

/** `profiles.yaml`: the ways of hosts, as the owner writes them in the file or on the site. */
export interface ProfilesFile extends Stoppable {
  /** The profiles in force: those of the last text without faults. */
  profiles(): readonly Profile[];
  /** The faults of the file; none: what it says is in force. */
  faults(): readonly ProfileFault[];
  read(): Promise<ProfilesAnswer>;
  /** Writes the file, and puts it in force. @throws {Problem} invalid-request with all faults; nothing is changed then. */
  replace(text: string): Promise<ProfilesAnswer>;
}

/** Name of the file in yt-app's folder. */
export const PROFILES_NAME = 'profiles.yaml';
/** Added to the name of the file for a copy of the last text without faults: it stays in force after a restart, too. */
const IN_FORCE = '.in-force';

export interface ProfilesFileOptions {
  readonly file: string;
  readonly logger: Logger;
  /** Called when a person has replaced the file. */
  readonly onReplaced: () => Promise<void>;
  /** Milliseconds from one read to the next. Default 10,000. */
  readonly everyMs?: number;
}

/** A character takes up to four bytes. */
const MOST_BYTES = 4 * MOST_PROFILE_CHARACTERS;
const EVERY_MS = 10_000;

/** Reads the file, and again and again: the owner may change it. */
export async function openProfilesFile(options: ProfilesFileOptions): Promise<ProfilesFile> {
  const { file, logger, everyMs = EVERY_MS } = options;
  /** Undefined: the file cannot be read. */
  let text: string | undefined = '';
  let profiles: readonly Profile[] = [];
  let faults: readonly ProfileFault[] = [];

  const take = async (next: string | undefined): Promise<void> => {
    text = next;
    const parsed = next === undefined ? UNREADABLE : parseProfiles(next);
    faults = 'faults' in parsed ? parsed.faults : [];
    if (faults.length > 0) logger.warn({ faults: faults.length, line: faults[0]?.line }, 'profiles faulty');
    if (next === undefined || !('profiles' in parsed)) return;
    profiles = parsed.profiles;
    logger.info({ profiles: profiles.length }, 'profiles read');
    await keepInForce(next, options);
  };
  const refresh = async (): Promise<void> => {
    const found = await readProfiles(file);
    if (found !== text) await take(found);
  };
  const answer = (): ProfilesAnswer => ({
    text: maskPasswords(text ?? ''),
    hosts: profiles.map(({ hosts, ways }) => ({ hosts, ways: ways.map(({ name }) => name) })),
    faults: [...faults],
  });
  const first = await readProfiles(file);
  const inForce = parseProfiles((await readProfiles(file + IN_FORCE)) ?? '');
  if ('profiles' in inForce && first !== '') ({ profiles } = inForce);
  if (first === '') await keepInForce('', options);
  else await take(first);
  const loop = startPeriodicLoop({
    ...{ name: 'profiles', logger, everyMs, firstAfterMs: everyMs },
    run: async () => {
      await refresh();
      return undefined;
    },
  });
  return {
    profiles: () => profiles,
    faults: () => faults,
    async read() {
      await refresh();
      return answer();
    },
    async replace(masked) {
      await refresh();
      const next = unmaskPasswords(masked, text ?? '');
      const parsed = parseProfiles(next);
      if ('faults' in parsed) throw new Problem('invalid-request', { faults: parsed.faults.map(fieldFault) });
      await writeFileAtomic(file, next, { mode: 0o600 });
      if (next !== text) await take(next);
      await options.onReplaced();
      return answer();
    },
    stop: () => loop.stop(),
  };
}

/** Keeps a copy of the text that is in force. */
async function keepInForce(text: string, { file, logger }: ProfilesFileOptions): Promise<void> {
  if ((await readProfiles(file + IN_FORCE)) === text) return;
  await writeFileAtomic(file + IN_FORCE, text, { mode: 0o600 }).catch((error: unknown) => {
    logger.warn({ err: error }, 'copy of the profiles not written'); // they are in force all the same, until a restart
  });
}

const UNREADABLE = {
  faults: [{ line: 1, field: '', fault: `must be a file of at most ${MOST_PROFILE_CHARACTERS} characters` }],
};

/** The text, empty without a file; undefined when it is too large, or cannot be read. */
async function readProfiles(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    return size <= MOST_BYTES ? await readFile(file, 'utf8') : undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? '' : undefined;
  }
}

function fieldFault({ line, field, fault }: ProfileFault): { field: string; fault: string } {
  return { field: `line ${line}${field === '' ? '' : `, ${field}`}`, fault };
}
