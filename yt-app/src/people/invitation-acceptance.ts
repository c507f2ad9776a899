import { INVITATION_CODE, Problem, type MemberRole } from '@linkcast/contracts';
import { isSameSecret, type Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import { createAttemptLimit } from './attempt-limit.ts';
import type { InvitationRecord, InvitationStore } from './invitation-store.ts';
import { PEOPLE_LOCK, type PersonStore } from './person-store.ts';
import type { PersonRecord } from './person-table.ts';

/** Whoever accepts an invitation. */
export interface Invitee {
  /** Names the client whose wrong codes are counted: a Telegram account, or an address. */
  readonly client: string;
  readonly name: string | null;
  /** Null: on the site. */
  readonly telegramId: number | null;
  /** Id of the person who is signed in on the site; null: nobody. */
  readonly personId: string | null;
}

/**
 * Accepts an invitation. A person who is in already stays who they are; an owner's invitation makes them an owner. An invitation that
 * changes nothing is not used.
 *
 * @throws {Problem} `invitation-refused` without the reason, which is logged; `too-many-requests` after five wrong codes an hour.
 */
export type AcceptInvitation = (code: string, invitee: Invitee) => Promise<PersonRecord>;

export interface InvitationAcceptanceOptions {
  readonly database: AppDatabase;
  readonly people: PersonStore;
  readonly invitations: InvitationStore;
  /** The code that makes the first Telegram account that sends it an owner, while no owner has one. */
  readonly ownerCode: string | undefined;
  readonly logger: Logger;
  readonly clock?: () => number;
}

const MOST_WRONG_CODES = 5;

type Offer = Pick<InvitationRecord, 'role' | 'createdBy'>;

export function createInvitationAcceptance(options: InvitationAcceptanceOptions): AcceptInvitation {
  const { database, people, invitations, ownerCode, logger, clock } = options;
  const wrongCodes = createAttemptLimit(MOST_WRONG_CODES, clock);

  const findKnown = async ({ telegramId, personId }: Invitee): Promise<PersonRecord | undefined> => {
    if (telegramId !== null) return people.byTelegram(telegramId);
    return personId === null ? undefined : people.get(personId);
  };
  const isClaim = async (code: string, { telegramId }: Invitee): Promise<boolean> => {
    if (telegramId === null || ownerCode === undefined || !isSameSecret(code, ownerCode)) return false;
    const all = await people.list();
    return !all.some((person) => person.role === 'owner' && person.telegramId !== null);
  };
  const offerOf = async (code: string, invitee: Invitee): Promise<Offer | undefined> => {
    if (await isClaim(code, invitee)) return { role: 'owner', createdBy: null };
    return invitations.find(code);
  };
  const join = async (code: string, offer: Offer, { name, telegramId }: Invitee): Promise<PersonRecord> => {
    await invitations.use(code); // the lock is held, so that it is still there, if it is one
    return people.add({ name, role: offer.role, telegramId, invitedBy: offer.createdBy });
  };
  const promote = async (code: string, person: PersonRecord): Promise<PersonRecord> => {
    await invitations.use(code);
    return (await people.update(person.id, { role: 'owner' })) ?? person;
  };

  return async (code, invitee) => {
    const retryAfterSeconds = wrongCodes.waitSeconds(invitee.client);
    if (retryAfterSeconds > 0) throw new Problem('too-many-requests', { retryAfterSeconds });
    const accepted = await database.transaction(async () => {
      await database.lock(PEOPLE_LOCK);
      const offer = INVITATION_CODE.test(code) ? await offerOf(code, invitee) : undefined;
      if (!offer) return undefined;
      const known = await findKnown(invitee);
      if (!known) return join(code, offer, invitee);
      return isHigher(offer.role, known.role) ? promote(code, known) : known;
    });
    if (accepted) {
      logger.info({ personId: accepted.id, role: accepted.role }, 'invitation accepted');
      return accepted;
    }
    wrongCodes.fail(invitee.client);
    logger.warn({ reason: 'no such code' }, 'invitation refused');
    throw new Problem('invitation-refused');
  };
}

function isHigher(offered: MemberRole, current: MemberRole): boolean {
  return offered === 'owner' && current === 'member';
}
