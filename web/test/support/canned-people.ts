import {
  InvitationAcceptance,
  InvitationRequest,
  limitsOf,
  LimitsPatch,
  mergeLimits,
  MePatch,
  noPreferences,
  paths,
  PersonPatch,
  Preferences,
  type Caller,
  type Invitation,
  type LimitName,
  type Limits,
  type Me,
  type Person,
} from '@linkcast/contracts';
import { aCaller, anInvitation, aPerson } from './canned.ts';
import { ok, refused, type Reply, type Route } from './canned-reply.ts';

interface PeopleState {
  caller: Caller;
  people: Person[];
  /** The limits of members. Everybody has used 2 of each. */
  limits: Limits;
  readonly invitations: Map<string, Invitation>;
}

/** Creates the routes of people and invitations of the canned API. */
export function createCannedPeople(state: PeopleState) {
  let createdInvitations = 0;

  function change(id: string, patch: Partial<Person>): Reply {
    const person = state.people.find((candidate) => candidate.id === id);
    if (!person) return refused('not-found');
    if (patch.role === 'member' && isLastOwner(person)) return refused('last-owner');
    const changed = { ...person, ...patch };
    state.people = state.people.map((candidate) => (candidate.id === id ? changed : candidate));
    if (id === state.caller.personId) state.caller = { ...callerOf(changed), preferences: state.caller.preferences };
    return ok(changed);
  }

  const isLastOwner = (person: Person) =>
    person.role === 'owner' && state.people.filter(({ role }) => role === 'owner').length === 1;
  const callerOf = ({ id, name, role }: Person) => aCaller({ personId: id, name, role });

  function accept(body: unknown): Reply {
    const { code, name } = InvitationAcceptance.parse(body);
    const invitation = state.invitations.get(code);
    if (!invitation) return refused('invitation-refused');
    const { personId } = state.caller;
    const known = personId === null ? undefined : state.people.find(({ id }) => id === personId);
    const person = known ?? aPerson({ id: `joined${state.people.length}`, name, role: invitation.role });
    if (!known) state.people = [...state.people, person];
    state.invitations.delete(code);
    state.caller = callerOf({ ...person, role: invitation.role });
    return ok(state.caller);
  }

  return {
    getMe: () => me(state),
    patchMe: ({ body }) => {
      const { name, language, preferences } = MePatch.parse(body);
      const { caller } = state;
      if (preferences)
        state.caller = {
          ...caller,
          preferences: Preferences.parse({ ...noPreferences, ...caller.preferences, ...preferences }),
        };
      const patch = { ...(name !== undefined && { name }), ...(language !== undefined && { language }) };
      const changed = change(caller.personId ?? '', patch);
      return changed.status === 200 ? me(state) : changed;
    },
    listPeople: () => ok({ people: state.people }),
    patchPerson: ({ id, body }) => {
      const { name, role, limits } = PersonPatch.parse(body);
      return change(id, {
        ...(name !== undefined && { name }),
        ...(role !== undefined && { role }),
        ...(limits !== undefined && { limits }),
      });
    },
    removePerson: ({ id }) => {
      if (state.people.some((person) => person.id === id && isLastOwner(person))) return refused('last-owner');
      state.people = state.people.filter((person) => person.id !== id);
      return { status: 204 };
    },
    getLimits: () => ok(state.limits),
    patchLimits: ({ body }) => {
      state.limits = mergeLimits(state.limits, LimitsPatch.parse(body));
      return ok(state.limits);
    },
    createInvitation: ({ body }) => {
      const { role, uses, lifetimeSeconds } = InvitationRequest.parse(body);
      const code = `invitation-${++createdInvitations}`;
      const expiresAt = new Date(Date.now() + lifetimeSeconds * 1000).toISOString();
      const invitation = anInvitation({ id: code, role, usesLeft: uses, expiresAt });
      state.invitations.set(code, invitation);
      const telegramUrl = `https://t.me/linkcast_bot?start=${code}`;
      return { status: 201, json: { ...invitation, code, path: paths.joinWith(code), telegramUrl } };
    },
    listInvitations: () => ok({ invitations: [...state.invitations.values()] }),
    revokeInvitation: ({ id }) => {
      for (const [code, invitation] of state.invitations) if (invitation.id === id) state.invitations.delete(code);
      return { status: 204 };
    },
    acceptInvitation: ({ body }) => accept(body),
  } as const satisfies Record<string, Route>;
}

function me({ people, caller, limits: defaults }: Pick<PeopleState, 'people' | 'caller' | 'limits'>): Reply {
  const person = people.find(({ id }) => id === caller.personId);
  if (!person) return refused('not-invited');
  const limits = limitsOf(person, defaults);
  const use = (name: LimitName) => ({ limit: limits[name], used: 2 });
  const usage = { jobsPerDay: use('jobsPerDay'), storageBytes: use('storageBytes'), openJobs: use('openJobs') };
  return ok({ ...person, preferences: caller.preferences ?? noPreferences, usage } satisfies Me);
}
