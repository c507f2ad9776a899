import { Problem, type SignIn as SignInRequest } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { createActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { PEOPLE_LOCK, type PersonStore } from '../people/person-store.ts';
import type { PersonRecord } from '../people/person-table.ts';
import { readInitData } from './init-data.ts';
import type { BotAccountMemory } from './bot-account.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import type { SignInCodeStore } from './sign-in-code-store.ts';
import type { SignOut } from './sign-out.ts';
import type { UsedInitData } from './used-init-data.ts';

/** The browser that signs in. */
export interface SignInBrowser {
  /** A few words for the list of devices. */
  readonly device: string;
  /** Its current session. */
  readonly current: SessionRecord | undefined;
}

/** The person, and the session of the browser from now on; without a token, its current one continues. */
export interface SignedIn {
  readonly person: PersonRecord;
  readonly session: SessionRecord;
  readonly token?: string;
}

export interface SignInOptions {
  readonly database: AppDatabase;
  readonly sessions: SessionStore;
  readonly signOut: Pick<SignOut, 'one'>;
  readonly codes: SignInCodeStore;
  readonly usedInitData: UsedInitData;
  readonly people: PersonStore;
  readonly bot: Pick<BotAccountMemory, 'miniAppKey'>;
  readonly logger: Logger;
  readonly clock?: () => number;
}

/** Signs browsers in. */
export interface SignIn {
  /** Rejects with the problem `sign-in-refused`, without the reason, which is logged. */
  signIn(request: SignInRequest, browser: SignInBrowser): Promise<SignedIn>;
  /** Opens a session of a person who has just proved who they are. */
  open(person: PersonRecord, browser: SignInBrowser): Promise<SignedIn>;
}

export function createSignIn(options: SignInOptions): SignIn {
  const { database, sessions, people, bot, logger, clock = Date.now } = options;

  const activity = createActivityLog(database, clock);

  const refuse = (reason: string): never => {
    logger.warn({ reason }, 'sign-in refused');
    throw new Problem('sign-in-refused');
  };

  const open = async (person: PersonRecord, { device, current }: SignInBrowser): Promise<SignedIn> => {
    // One browser, one session.
    if (current?.personId === person.id) await sessions.end(current.id);
    else if (current) await options.signOut.one(current);
    const { session, token } = await sessions.create({ personId: person.id, device });
    await people.see(person);
    await activity.append({ kind: 'signed-in', personId: person.id, facts: { device } });
    logger.info({ sessionId: session.id, personId: person.id, role: person.role, device }, 'signed in');
    return { person, session, token };
  };

  const byCode = async (code: string, browser: SignInBrowser): Promise<SignedIn> => {
    const personId = (await options.codes.redeem(code)) ?? refuse('no such code');
    return open((await people.get(personId)) ?? refuse('not a member'), browser);
  };

  const byInitData = async (text: string, browser: SignInBrowser): Promise<SignedIn> => {
    const key = bot.miniAppKey() ?? refuse('no key from the bot yet');
    const initData = readInitData(text, key, clock()) ?? refuse('initData is invalid');
    const { telegramId, name } = initData.user;
    const person = (await people.byTelegram(telegramId)) ?? refuse('not a member');
    const isNew = await options.usedInitData.use(initData);
    // A reloaded Mini App sends the same initData with its cookie: the session continues.
    if (browser.current?.personId === person.id) return { person, session: browser.current };
    if (!isNew) refuse('initData was used before');
    const named = person.name === null ? await people.update(person.id, { name }) : undefined;
    return open(named ?? person, browser);
  };

  const locked = <Result>(run: () => Promise<Result>): Promise<Result> =>
    database.transaction(async () => {
      await database.lock(PEOPLE_LOCK); // a person who is removed meanwhile gets no session
      return run();
    });

  return {
    signIn: ({ code, initData }, browser) =>
      locked(() => (code === undefined ? byInitData(initData ?? '', browser) : byCode(code, browser))),
    open: ({ id }, browser) => locked(async () => open((await people.get(id)) ?? refuse('not a member'), browser)),
  };
}
