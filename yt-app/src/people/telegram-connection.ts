import { Problem, TELEGRAM_LINK_CODE, type OpenedTelegramLink } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { createActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { createAttemptLimit } from './attempt-limit.ts';
import { PEOPLE_LOCK, type PersonStore } from './person-store.ts';
import type { PersonRecord } from './person-table.ts';
import type { TelegramLinkRecord, TelegramLinkStore } from './telegram-link-store.ts';

/**
 * Connects Telegram accounts to people of the site. A person makes a link on the site; a Telegram account opens it, and confirms the
 * bot's question. Two people never become one: an account that belongs to somebody else is refused.
 */
export interface TelegramConnection {
  /** Makes a link. @throws {Problem} conflict, when an account is connected; too-many-requests. */
  createLink(personId: string): Promise<{ readonly code: string; readonly expiresAt: number }>;
  /** Opens a link for an account. @throws {Problem} telegram-link-refused, telegram-taken, too-many-requests. */
  open(code: string, telegramId: number): Promise<OpenedTelegramLink>;
  /** Connects the account that has opened the link. @throws {Problem} telegram-link-refused, telegram-taken. */
  confirm(linkId: string, telegramId: number): Promise<PersonRecord>;
  /**
   * Disconnects the account, and ends what it may have opened: all sessions but one, and all sign-in codes.
   *
   * @throws {Problem} not-found, when none is connected; last-way-in, when the person could not come in any more.
   */
  disconnect(personId: string, keptSessionId: string | undefined): Promise<void>;
}

export interface TelegramConnectionOptions {
  readonly database: AppDatabase;
  readonly people: PersonStore;
  readonly links: TelegramLinkStore;
  readonly hasPasskey: (personId: string) => Promise<boolean>;
  /** Ends the sessions of a person but one, and their sign-in codes, within the transaction. */
  readonly endSignIns: (personId: string, keptSessionId: string | undefined) => Promise<void>;
  readonly logger: Logger;
  readonly clock?: () => number;
}

/** Links of one person in an hour. */
const MOST_LINKS = 10;
/** Wrong codes of one account in an hour. */
const MOST_WRONG_CODES = 5;

export function createTelegramConnection(options: TelegramConnectionOptions): TelegramConnection {
  const { database, people, links, hasPasskey, endSignIns, logger, clock } = options;
  const accounts = createNotedConnection(database, people);
  const made = createAttemptLimit(MOST_LINKS, clock);
  const wrongCodes = createAttemptLimit(MOST_WRONG_CODES, clock);

  const locked = <Result>(run: () => Promise<Result>): Promise<Result> =>
    database.transaction(() => database.lock(PEOPLE_LOCK).then(run));
  /** The person of a link, to whom the account may be connected; undefined: the link is of no use any more. */
  const personOf = async (link: TelegramLinkRecord, telegramId: number): Promise<PersonRecord | undefined> => {
    const person = await people.get(link.personId);
    if (!person || (person.telegramId !== null && person.telegramId !== telegramId)) return undefined;
    await requireFree(telegramId, link, people);
    return person;
  };

  return {
    async createLink(personId) {
      requireAttempt(made.waitSeconds(personId));
      const { code, link } = await people.whilePresent(personId, async () => {
        if ((await people.get(personId))?.telegramId != null) throw new Problem('conflict');
        return links.create(personId);
      });
      made.fail(personId);
      return { code, expiresAt: link.expiresAt };
    },
    async open(code, telegramId) {
      const client = String(telegramId);
      requireAttempt(wrongCodes.waitSeconds(client));
      const opened = await locked(async () => {
        const link = TELEGRAM_LINK_CODE.test(code) ? await links.open(code, telegramId) : undefined;
        const person = link && (await personOf(link, telegramId)); // a problem undoes the opening
        return person && { id: link.id, name: person.name };
      });
      if (opened) return opened;
      wrongCodes.fail(client);
      return refuse(logger);
    },
    async confirm(linkId, telegramId) {
      const connected = await locked(async () => {
        const link = await links.opened(linkId, telegramId);
        const person = link && (await personOf(link, telegramId));
        return person && accounts.connect(person.id, telegramId);
      });
      if (!connected) return refuse(logger);
      logger.info({ personId: connected.id }, 'telegram account connected');
      return connected;
    },
    disconnect: (personId, keptSessionId) =>
      locked(async () => {
        const person = await people.get(personId);
        if (person?.telegramId == null) throw new Problem('not-found');
        if (!person.isConsole && !(await hasPasskey(personId))) throw new Problem('last-way-in');
        await links.endOf(personId);
        await people.update(personId, { telegramId: null });
        await endSignIns(personId, keptSessionId);
        await accounts.noteDisconnection(personId);
        logger.info({ personId }, 'telegram account disconnected');
      }),
  };
}

/** Connects accounts, and stores the entries of the activity log. */
function createNotedConnection(database: AppDatabase, people: Pick<PersonStore, 'connectTelegram'>) {
  const activity = createActivityLog(database);
  return {
    async connect(personId: string, telegramId: number): Promise<PersonRecord | undefined> {
      await activity.append({ kind: 'telegram-connected', personId });
      return people.connectTelegram(personId, telegramId);
    },
    noteDisconnection: (personId: string) => activity.append({ kind: 'telegram-disconnected', personId }),
  };
}

function refuse(logger: Logger): never {
  logger.warn('telegram link refused');
  throw new Problem('telegram-link-refused');
}

/**
 * An account belongs to one person. That of a person who was removed can be connected by a link that was made after that, as with
 * invitations.
 *
 * @throws {Problem} telegram-taken
 */
async function requireFree(
  telegramId: number,
  { personId, createdAt }: TelegramLinkRecord,
  people: PersonStore,
): Promise<void> {
  const holder = await people.byTelegram(telegramId);
  if (holder && holder.id !== personId) throw new Problem('telegram-taken');
  const removedAt = await people.removalOf(telegramId);
  if (removedAt !== undefined && createdAt <= removedAt) throw new Problem('telegram-taken');
}

function requireAttempt(retryAfterSeconds: number): void {
  if (retryAfterSeconds > 0) throw new Problem('too-many-requests', { retryAfterSeconds });
}
