import { Problem, type SignIn as SignInRequest } from '@linkcast/contracts';
import type { Database, Logger } from '@linkcast/kit';
import { readInitData } from './init-data.ts';
import type { Membership } from './membership.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import type { CodeHolder, SignInCodeStore } from './sign-in-code-store.ts';
import type { UsedInitData } from './used-init-data.ts';

/** The browser that wants to sign in. */
export interface SignInBrowser {
  /** A few words for the list of devices. */
  readonly device: string;
  /** The session that it has already. */
  readonly current: SessionRecord | undefined;
}

/** The session of the browser from now on; without a token, it is the one that it has. */
export interface SignedIn {
  readonly session: SessionRecord;
  readonly token?: string;
}

export interface SignInOptions {
  readonly database: Database;
  readonly sessions: SessionStore;
  readonly codes: SignInCodeStore;
  readonly usedInitData: UsedInitData;
  readonly membership: Membership;
  readonly logger: Logger;
  readonly clock?: () => number;
}

/** @throws {Problem} `sign-in-refused`, which does not tell why; the log does. */
export type SignIn = (request: SignInRequest, browser: SignInBrowser) => SignedIn;

export function createSignIn(options: SignInOptions): SignIn {
  const { database, sessions, membership, logger, clock = Date.now } = options;

  const refuse = (reason: string): never => {
    logger.warn({ reason }, 'sign-in refused');
    throw new Problem('sign-in-refused');
  };

  const open = (holder: CodeHolder, { device, current }: SignInBrowser): SignedIn => {
    if (current) sessions.end(current.id); // one browser, one session
    const signedIn = sessions.create({ ...holder, device });
    const { id: sessionId, role } = signedIn.session;
    logger.info({ sessionId, role, device }, 'signed in');
    return signedIn;
  };

  const byCode = (code: string, browser: SignInBrowser): SignedIn => {
    const holder = options.codes.redeem(code) ?? refuse('no such code');
    return open(holder, browser);
  };

  const byInitData = (text: string, browser: SignInBrowser): SignedIn => {
    const key = membership.miniAppKey() ?? refuse('the bot has not told the key yet');
    const initData = readInitData(text, key, clock()) ?? refuse('initData is not good');
    const { telegramId, name } = initData.user;
    const role = membership.roleOf(telegramId) ?? refuse('not a member');
    const isNew = options.usedInitData.use(initData);
    // A Mini App that is reloaded sends the same again, and has its cookie: the session goes on.
    if (browser.current?.telegramId === telegramId) return { session: browser.current };
    if (!isNew) refuse('initData was used before');
    return open({ role, telegramId, name }, browser);
  };

  return ({ code, initData }, browser) =>
    database.transaction(() => (code === undefined ? byInitData(initData ?? '', browser) : byCode(code, browser)))();
}
