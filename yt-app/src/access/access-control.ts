import type { KeyDigests, Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import { createDefaultLimits, type DefaultLimits } from '../people/default-limits.ts';
import { createInvitationAcceptance, type AcceptInvitation } from '../people/invitation-acceptance.ts';
import { createInvitationStore, type InvitationStore } from '../people/invitation-store.ts';
import { createPeopleService, type PeopleService } from '../people/people-service.ts';
import { createPersonStore, type PersonStore } from '../people/person-store.ts';
import { applySettingsInvitations, type SettingsInvitations } from '../people/settings-invitations.ts';
import { createTelegramConnection, type TelegramConnection } from '../people/telegram-connection.ts';
import { createTelegramLinkStore } from '../people/telegram-link-store.ts';
import { createIdentify, type Identify } from './identity.ts';
import { createBotAccountMemory, type BotAccountMemory } from './bot-account.ts';
import { createPasskeys, type Passkeys } from './passkeys/passkeys.ts';
import type { RelyingParty } from './passkeys/relying-party.ts';
import { createPersonalKeyStore, type PersonalKeyStore } from './personal-key-store.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';
import { createShareStore, type ShareStore } from './share-store.ts';
import { createSignInCodeStore, type SignInCodeStore } from './sign-in-code-store.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createSignOut, type SignOut } from './sign-out.ts';
import { createUsedInitData } from './used-init-data.ts';

/** People, sessions, shares, codes, keys and passkeys: identifies callers, signs them in, and lets people in. */
export interface AccessControl {
  readonly sessions: SessionStore;
  readonly shares: ShareStore;
  readonly codes: SignInCodeStore;
  readonly people: PersonStore;
  readonly defaultLimits: DefaultLimits;
  readonly peopleService: PeopleService;
  readonly invitations: InvitationStore;
  readonly accept: AcceptInvitation;
  readonly telegram: TelegramConnection;
  /** Applies the invitations of the settings, each once, ever. */
  readonly inviteBySettings: (invitations: SettingsInvitations) => Promise<void>;
  readonly keys: PersonalKeyStore;
  readonly passkeys: Passkeys;
  readonly bot: BotAccountMemory;
  readonly signIn: SignIn;
  readonly signOut: SignOut;
  readonly identify: Identify;
  /** ACCESS=public: watching is open to everyone. */
  readonly isPublic: boolean;
}

export interface AccessControlOptions {
  readonly database: AppDatabase;
  readonly keyDigests: KeyDigests;
  readonly isPublic: boolean;
  /** Called in the transaction that removes a person. */
  readonly onPersonRemoved: (personId: string) => Promise<void>;
  /** The code that makes the first Telegram account that sends it an owner. */
  readonly ownerCode?: string | undefined;
  readonly relyingParty: RelyingParty;
  readonly logger: Logger;
  /** Milliseconds since 1970; for tests. */
  readonly clock?: () => number;
}

/** Creates the parts of access control on one database. */
export function createAccessControl(options: AccessControlOptions): AccessControl {
  const { database, keyDigests, isPublic, ownerCode, relyingParty, logger, clock = Date.now } = options;
  const people = createPersonStore(database, clock);
  const invitations = createInvitationStore(database, clock);
  const sessions = createSessionStore(database, clock);
  const shares = createShareStore(database, clock);
  const keys = createPersonalKeyStore(database, clock);
  const codes = createSignInCodeStore(database, clock);
  const usedInitData = createUsedInitData(database, clock);
  const bot = createBotAccountMemory();
  const signOut = createSignOut({ database, sessions, logger, clock });
  const signIn = createSignIn({ database, people, sessions, signOut, codes, usedInitData, bot, logger, clock });
  const passkeys = createPasskeys({ database, people, signIn, relyingParty, logger, clock });
  const links = createTelegramLinkStore(database, clock);
  const hasPasskey = async (personId: string): Promise<boolean> => (await passkeys.list(personId)).length > 0;
  const endSignIns = async (personId: string, keptSessionId: string | undefined): Promise<void> => {
    await sessions.endOf(personId, keptSessionId);
    await codes.endOf(personId);
  };
  const endAccess = async (personId: string): Promise<void> => {
    await endSignIns(personId, undefined);
    await shares.endOf(personId);
    await keys.endOf(personId);
    await passkeys.endOf(personId);
    await links.endOf(personId);
    await options.onPersonRemoved(personId);
  };
  const endOwnersAccess = async (personId: string): Promise<void> => {
    await invitations.endOf(personId);
    await shares.endForeignOf(personId);
  };
  return {
    ...{ people, invitations, sessions, shares, codes, keys, passkeys, bot, signIn, signOut, isPublic },
    defaultLimits: createDefaultLimits(database),
    inviteBySettings: (settings) => applySettingsInvitations(settings, { database, people }),
    peopleService: createPeopleService({ database, people, endAccess, endOwnersAccess, logger }),
    accept: createInvitationAcceptance({ database, people, invitations, ownerCode, logger, clock }),
    telegram: createTelegramConnection({ database, people, links, hasPasskey, endSignIns, logger, clock }),
    identify: createIdentify({ keyDigests, people, sessions, keys, shares, isPublic }),
  };
}
