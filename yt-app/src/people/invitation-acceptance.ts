import { INVITATION_CODE, Problem, type MemberRole } from '@linkcast/contracts';
import { isSameSecret, type Logger } from '@linkcast/kit';
import { createActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { createAppliedInvitations } from './applied-invitations.ts';
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
 * @throws {Problem} `invitation-refused` without a reason; `too-many-requests` after five wrong codes an hour.
 */
export type AcceptInvitation = (code: string, invitee: Invitee) => Promise<PersonRecord>;

export interface InvitationAcceptanceOptions {
  readonly database: AppDatabase;
  readonly people: PersonStore;
  readonly invitations: InvitationStore;
  /** The code that makes the first Telegram account that sends it an owner: once, and while no owner has such an account. */
  readonly ownerCode: string | undefined;
  readonly logger: Logger;
  readonly clock?: () => number;
}

const MOST_WRONG_CODES = 5;

interface Offer extends Pick<InvitationRecord, 'role' | 'createdBy'> {
  /** Milliseconds since 1970; 0: the owner code, which is older than everybody. */
  readonly createdAt: number;
}

export function createInvitationAcceptance(options: InvitationAcceptanceOptions): AcceptInvitation {
  const { database, people, invitations, ownerCode, logger, clock } = options;
  const wrongCodes = createAttemptLimit(MOST_WRONG_CODES, clock);
  const activity = createActivityLog(database, clock);
  const applied = createAppliedInvitations(database);

  const findKnown = async ({ telegramId, personId }: Invitee): Promise<PersonRecord | undefined> => {
    if (telegramId !== null) return people.byTelegram(telegramId);
    return personId === null ? undefined : people.get(personId);
  };
  const isClaim = async (code: string, { telegramId }: Invitee): Promise<boolean> => {
    if (telegramId === null || ownerCode === undefined || !isSameSecret(code, ownerCode)) return false;
    if (await applied.hasOwner()) return false;
    const all = await people.list();
    return !all.some((person) => person.role === 'owner' && person.telegramId !== null);
  };
  const offerOf = async (code: string, invitee: Invitee): Promise<Offer | undefined> => {
    if (await isClaim(code, invitee)) return { role: 'owner', createdBy: null, createdAt: 0 };
    return invitations.find(code);
  };
  /** Adds a person. Somebody who was removed comes back by an invitation that was made after that. */
  const join = async (code: string, offer: Offer, invitee: Invitee): Promise<PersonRecord | undefined> => {
    const { name, telegramId } = invitee;
    const removedAt = telegramId === null ? undefined : await people.removalOf(telegramId);
    if (removedAt !== undefined && offer.createdAt <= removedAt) return undefined;
    await invitations.use(code); // the lock is held, so that it is still there, if it is one
    if (telegramId !== null && offer.createdAt === 0) await applied.record(telegramId, 'owner');
    const person = await people.add({ name, role: offer.role, telegramId, invitedBy: offer.createdBy });
    await activity.append({ kind: 'joined', personId: person.id, facts: { role: person.role } });
    return person;
  };
  const promote = async (code: string, person: PersonRecord): Promise<PersonRecord> => {
    await invitations.use(code);
    const { id } = person;
    await activity.append({ kind: 'role-changed', personId: id, subjectId: id, facts: { role: 'owner' } });
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
    logger.warn('invitation refused');
    throw new Problem('invitation-refused');
  };
}

function isHigher(offered: MemberRole, current: MemberRole): boolean {
  return offered === 'owner' && current === 'member';
}
