import { Problem, type SignIn as SignInRequest } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import { readInitData } from './init-data.ts';
import { MEMBERSHIP_LOCK, type Membership } from './membership.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import type { CodeHolder, SignInCodeStore } from './sign-in-code-store.ts';
import type { UsedInitData } from './used-init-data.ts';

/** The browser that signs in. */
export interface SignInBrowser {
  /** A few words for the list of devices. */
  readonly device: string;
  /** Its current session. */
  readonly current: SessionRecord | undefined;
}

/** The session of the browser from now on; without a token, its current one continues. */
export interface SignedIn {
  readonly session: SessionRecord;
  readonly token?: string;
}

export interface SignInOptions {
  readonly database: AppDatabase;
  readonly sessions: SessionStore;
  readonly codes: SignInCodeStore;
  readonly usedInitData: UsedInitData;
  readonly membership: Membership;
  readonly logger: Logger;
  readonly clock?: () => number;
}

/** Rejects with the problem `sign-in-refused`, without the reason, which is logged. */
export type SignIn = (request: SignInRequest, browser: SignInBrowser) => Promise<SignedIn>;

export function createSignIn(options: SignInOptions): SignIn {
  const { database, sessions, membership, logger, clock = Date.now } = options;

  const refuse = (reason: string): never => {
    logger.warn({ reason }, 'sign-in refused');
    throw new Problem('sign-in-refused');
  };

  const open = async (holder: CodeHolder, { device, current }: SignInBrowser): Promise<SignedIn> => {
    if (current) await sessions.end(current.id); // one browser, one session
    const signedIn = await sessions.create({ ...holder, device });
    const { id: sessionId, role } = signedIn.session;
    logger.info({ sessionId, role, device }, 'signed in');
    return signedIn;
  };

  const byCode = async (code: string, browser: SignInBrowser): Promise<SignedIn> => {
    const holder = (await options.codes.redeem(code)) ?? refuse('no such code');
    return open(holder, browser);
  };

  const byInitData = async (text: string, browser: SignInBrowser): Promise<SignedIn> => {
    const key = membership.miniAppKey() ?? refuse('no key from the bot yet');
    const initData = readInitData(text, key, clock()) ?? refuse('initData is invalid');
    const { telegramId, name } = initData.user;
    const role = (await membership.roleOf(telegramId)) ?? refuse('not a member');
    const isNew = await options.usedInitData.use(initData);
    // A reloaded Mini App sends the same initData with its cookie: the session continues.
    if (browser.current?.telegramId === telegramId) return { session: browser.current };
    if (!isNew) refuse('initData was used before');
    return open({ role, telegramId, name }, browser);
  };

  return ({ code, initData }, browser) =>
    database.transaction(async () => {
      await database.lock(MEMBERSHIP_LOCK); // a person who is removed meanwhile gets no session
      return code === undefined ? byInitData(initData ?? '', browser) : byCode(code, browser);
    });
}
