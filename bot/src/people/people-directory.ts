import { isProblem, type ApiClient, type MemberRole, type Person, type Problem } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { PersonStore } from './person-store.ts';

/** The standing of a Telegram account: the role of a person, or `stranger`. `unknown`: yt-app is away and has never answered. */
export type Standing = MemberRole | 'stranger' | 'unknown';

/** The result of an invitation: the person, a refusal, or no answer. */
export type Acceptance =
  | { readonly kind: 'accepted'; readonly role: MemberRole; readonly isNewRole: boolean }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'unavailable' };

export interface PeopleDirectoryOptions {
  /** The bot's own calls. */
  readonly api: Pick<ApiClient, 'acceptInTelegram' | 'listOwnerAccounts'>;
  /** Reads a person, for themselves, within a limit. The problem `not-invited` is recorded in the store by the client itself. */
  readonly getMe: (userId: number, limitMs: number) => Promise<Person>;
  readonly people: PersonStore;
  /** Called when yt-app has answered another role or language than before. */
  readonly onChange: (userId: number) => void;
  readonly logger: Logger;
  readonly now?: () => number;
}

/** Milliseconds for which an answer of yt-app is used without asking again. */
const FRESH_MS = 60_000;
/** Milliseconds for which yt-app is not asked again after it did not answer: each call delays all updates. */
const AWAY_MS = 2000;
/** Milliseconds that an answer may take while there is an older one. */
const KNOWN_LIMIT_MS = 2000;
/** Milliseconds that the first answer about a person may take: without it their message is not accepted. */
const UNKNOWN_LIMIT_MS = 8000;

/** Asks yt-app about the people who write to the bot. While yt-app is away, its last answers are used. */
export function createPeopleDirectory(options: PeopleDirectoryOptions) {
  const { api, getMe, people, onChange, logger, now = Date.now } = options;
  let awayUntil = 0;

  /** Stores an answer to a call that began at this time. @returns true for another role than before */
  const record = (userId: number, person: Person, startedAt: number): boolean => {
    const before = people.find(userId);
    people.record(userId, person, startedAt);
    const after = people.find(userId);
    const isNewRole = before?.role !== after?.role;
    const isNewLanguage = (before?.language ?? null) !== (after?.language ?? null);
    const isFirstMember = before === undefined && after?.role === 'member'; // the menu of everybody is that of members
    if ((isNewRole && !isFirstMember) || isNewLanguage) onChange(userId);
    return isNewRole;
  };

  const isFresh = (userId: number): boolean => {
    const age = now() - (people.find(userId)?.answeredAt ?? 0);
    return age >= 0 && age < FRESH_MS; // below 0: the clock was set back
  };

  const ask = async (userId: number): Promise<void> => {
    const startedAt = now();
    try {
      const limitMs = people.find(userId) ? KNOWN_LIMIT_MS : UNKNOWN_LIMIT_MS;
      record(userId, await getMe(userId, limitMs), startedAt);
    } catch (error) {
      if (isProblem(error) && error.code === 'not-invited') return;
      logger.warn({ err: error }, 'yt-app does not answer who a person is');
      awayUntil = now() + AWAY_MS;
    }
  };

  return {
    async standingOf(userId: number): Promise<Standing> {
      if (!isFresh(userId) && now() >= awayUntil) await ask(userId);
      const known = people.find(userId);
      return known ? (known.role ?? 'stranger') : 'unknown';
    },

    record,

    /** Accepts an invitation for a Telegram account. Never rejects. */
    async accept(userId: number, code: string, name: string): Promise<Acceptance> {
      const startedAt = now();
      try {
        const person = await api.acceptInTelegram({ code, telegramId: userId, name });
        const isNewRole = record(userId, person, startedAt);
        logger.info({ personId: person.id, role: person.role }, 'invitation accepted');
        return { kind: 'accepted', role: person.role, isNewRole };
      } catch (error) {
        if (isProblem(error) && error.code !== 'unauthorized') return { kind: 'refused', problem: error };
        logger.warn({ err: error }, 'invitation could not be accepted: yt-app does not answer');
        return { kind: 'unavailable' };
      }
    },

    /** Telegram ids of the owners. While yt-app is away, those of its last answer. */
    owners: () => readOwners(options),
    /** Asks again at once: yt-app answers. */
    retryNow: (): void => void (awayUntil = 0),
  };
}

export type PeopleDirectory = ReturnType<typeof createPeopleDirectory>;

async function readOwners({ api, people, onChange, logger }: PeopleDirectoryOptions): Promise<readonly number[]> {
  const before = people.owners();
  try {
    const { telegramIds } = await api.listOwnerAccounts();
    people.recordOwners(telegramIds);
  } catch (error) {
    logger.debug({ err: error }, 'owners could not be read');
    return before;
  }
  const after = people.owners();
  for (const userId of new Set([...before, ...after]))
    if (before.includes(userId) !== after.includes(userId)) onChange(userId);
  return after;
}
