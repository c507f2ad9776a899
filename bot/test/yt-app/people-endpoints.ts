import {
  BotAccount,
  MePatch,
  noPreferences,
  Preferences,
  Problem,
  TelegramAcceptance,
  telegramUserHeader,
  type LimitUses,
  type Me,
  type MemberRole,
  type Person,
} from '@linkcast/contracts';
import type { IncomingHttpHeaders } from 'node:http';
import type { SideAnswer } from './access-endpoints.ts';
import { createLinkEndpoints } from './link-endpoints.ts';

/** The calls that the bot may make as itself. */
const OWN_CALLS = /^(GET \/api\/(events|health)|\w+ \/internal\/.*)$/;
const MAX_WRONG_CODES = 5;
const UNUSED = { limit: null, used: 0 };
const NO_USAGE: LimitUses = { jobsPerDay: UNUSED, storageBytes: UNUSED, openJobs: UNUSED };

/** The people of the yt-app stand-in: who is in, how they come in, and for whom the bot calls. */
export function createPeopleEndpoints() {
  const people = new Map<number, Person>();
  const invitations = new Map<string, MemberRole>();
  const wrongCodes = new Map<number, number>();
  const links = createLinkEndpoints(people);
  const accounts: BotAccount[] = [];
  /** By id of the person. */
  const preferences = new Map<string, Preferences>();
  const preferencesOf = ({ id }: Person): Preferences => preferences.get(id) ?? noPreferences;
  const meOf = (person: Person): Me => ({ ...person, preferences: preferencesOf(person), usage: NO_USAGE });
  const reportAccount = (personId: string): SideAnswer => {
    const person = [...people.values()].find(({ id }) => id === personId);
    const isWanted = person !== undefined && preferencesOf(person).jobReports !== false;
    return { status: 200, body: { telegramId: isWanted ? person.telegramId : null } };
  };
  const calls: { call: string; telegramId: number | undefined }[] = [];

  const add = (telegramId: number, role: MemberRole, more: Partial<Person> = {}): Person => {
    const now = new Date().toISOString();
    const facts = {
      limits: {},
      name: null,
      language: null,
      isConsole: false,
      invitedBy: null,
      createdAt: now,
      seenAt: null,
    };
    const person = { id: `person${telegramId}`, role, telegramId, ...facts, ...more };
    people.set(telegramId, person);
    return person;
  };
  const accept = (body: unknown): SideAnswer => {
    const { code, telegramId, name } = TelegramAcceptance.parse(body);
    const wrong = wrongCodes.get(telegramId) ?? 0;
    if (wrong >= MAX_WRONG_CODES) throw new Problem('too-many-requests');
    const role = invitations.get(code);
    if (role === undefined) {
      wrongCodes.set(telegramId, wrong + 1);
      throw new Problem('invitation-refused');
    }
    const known = people.get(telegramId);
    const isBetter = known === undefined || (known.role === 'member' && role === 'owner');
    return {
      status: 200,
      body: isBetter ? add(telegramId, role, { ...known, role, name: known?.name ?? name }) : known,
    };
  };
  const patchMe = (person: Person, body: unknown): SideAnswer => {
    const { language = person.language, name = person.name, preferences: wishes } = MePatch.parse(body);
    if (wishes) preferences.set(person.id, Preferences.parse({ ...preferencesOf(person), ...wishes }));
    const changed = { ...person, language, name };
    people.set(Number(person.telegramId), changed);
    return { status: 200, body: meOf(changed) };
  };

  return {
    /** The person for whom the bot calls; undefined: it calls as itself. @throws {Problem} not-invited, forbidden. */
    callerOf(call: string, headers: IncomingHttpHeaders): Person | undefined {
      const header = headers[telegramUserHeader];
      const telegramId = header === undefined ? undefined : Number(header);
      calls.push({ call, telegramId });
      if (telegramId === undefined) {
        if (!OWN_CALLS.test(call)) throw new Problem('forbidden');
        return undefined;
      }
      const person = people.get(telegramId);
      if (!person || call.includes(' /internal/')) throw new Problem(person ? 'forbidden' : 'not-invited');
      return person;
    },
    /** Undefined: no call about people. */
    answer(call: string, caller: Person | undefined, body: unknown): SideAnswer | undefined {
      if (call === 'POST /internal/invitations/accept') return accept(body);
      const [, personId] = /^GET \/internal\/people\/(\w+)\/report-account$/.exec(call) ?? [];
      if (personId !== undefined) return reportAccount(personId);
      const linked = links.answer(call, body);
      if (linked) return linked;
      if (call === 'GET /internal/owners') {
        const owners = [...people.values()].filter(({ role }) => role === 'owner');
        return { status: 200, body: { telegramIds: owners.map(({ telegramId }) => telegramId) } };
      }
      if (call === 'POST /internal/bot') {
        accounts.push(BotAccount.parse(body));
        return { status: 204 };
      }
      if (caller && call === 'GET /api/me') return { status: 200, body: meOf(caller) };
      return caller && call === 'PATCH /api/me' ? patchMe(caller, body) : undefined;
    },
    add,
    get: (telegramId: number) => people.get(telegramId),
    remove: (telegramId: number) => people.delete(telegramId),
    /** Makes the link of a member who came in on the site. @returns its code */
    makeLink: links.make,
    endLinks: links.end,
    /** Makes an invitation. */
    invite: (code: string, role: MemberRole = 'member') => void invitations.set(code, role),
    accounts,
    /** All calls of the bot, each with the person for whom it was made. */
    calls,
    /** The calls that match, as the Telegram ids of the people for whom they were made. */
    callersOf: (pattern: RegExp) => calls.filter(({ call }) => pattern.test(call)).map(({ telegramId }) => telegramId),
  };
}
