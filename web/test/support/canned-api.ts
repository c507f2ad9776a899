import type { IncomingMessage } from 'node:http';
import {
  endpoints,
  NO_LIMITS,
  paths,
  SignIn,
  type Activity,
  type Caller,
  type CookieJar,
  type Delivery,
  type DeliveryCheck,
  type DeliveryTarget,
  type Endpoint,
  type EndpointName,
  type FollowedList,
  type Invitation,
  type Job,
  type JobRequest,
  type Media,
  type MemberRole,
  type Passkey,
  type Person,
  type PersonalKey,
  type Playlist,
  type Position,
  type Probe,
  type ProfilesAnswer,
  type Session,
  type Share,
} from '@linkcast/contracts';
import { aCaller, aHealth, aShare, aStation } from './canned.ts';
import { createCannedCollections, type CannedCollection } from './canned-collections.ts';
import { createCannedCredentials } from './canned-credentials.ts';
import { createCannedDeliveries } from './sources/canned-deliveries.ts';
import { createCannedFollowing } from './canned-following.ts';
import { createCannedPeople } from './canned-people.ts';
import { createCannedPositions } from './canned-positions.ts';
import { createCannedCookies, createCannedProfiles } from './sources/canned-sources.ts';
import { aDisk, createCannedStorage, type StorageState } from './canned-storage.ts';
import { createCannedTrash } from './canned-trash.ts';
import { ok, refused, type Reply, type Route } from './canned-reply.ts';

/** Creates an API with canned data. The rights of each endpoint come from the endpoint table, as in yt-app. */
export function createCannedApi() {
  const state = {
    media: [] as Media[],
    /** The latest deletion first. */
    trash: [] as Media[],
    following: [] as FollowedList[],
    /** The latest first. */
    collections: [] as readonly CannedCollection[],
    /** The newest first. */
    activity: [] as Activity[],
    jobs: [] as Job[],
    station: aStation(),
    /** The caller of every request without a share token. */
    caller: aCaller({ role: 'owner', name: 'Ada' }),
    /** Valid sign-in codes; each is removed when it is used. */
    codes: new Map<string, MemberRole>(),
    /** The only valid `initData` of a Mini App. */
    initData: '',
    sessions: [] as Session[],
    people: [] as Person[],
    /** By id of the person, then of the item. */
    positions: new Map<string, Map<string, Position>>(),
    keys: [] as PersonalKey[],
    passkeys: [] as Passkey[],
    limits: NO_LIMITS,
    /** By code. */
    invitations: new Map<string, Invitation>(),
    /** By token. */
    shares: new Map<string, Share>(),
    health: aHealth(),
    cookies: [] as CookieJar[],
    targets: [] as DeliveryTarget[],
    deliveries: [] as Delivery[],
    /** The result of the trial of a target. */
    check: { pin: null, problem: null } as DeliveryCheck,
    profiles: { text: '', hosts: [], faults: [] } as ProfilesAnswer,
    storage: aDisk as StorageState['storage'],
    next: [] as StorageState['next'],
    questions: [] as StorageState['questions'],
    rules: [] as StorageState['rules'],
    /** The offers of links; any other link cannot be read. */
    probes: new Map<string, Probe>(),
    /** The lists behind links that are sent. */
    lists: new Map<string, Playlist>(),
    /** The last query, by endpoint name. */
    queries: new Map<string, string>(),
    /** The last request body, by endpoint name. */
    bodies: new Map<string, unknown>(),
    /** `Accept-Language` of the last request, by endpoint name. */
    languages: new Map<string, string | undefined>(),
  };
  let createdShares = 0;
  const positions = createCannedPositions(state);

  function callerOf({ headers }: IncomingMessage): Caller {
    const token = /^Share (.+)$/.exec(headers.authorization ?? '')?.[1];
    return token === undefined ? state.caller : guestOf(token);
  }

  function guestOf(token: string): Caller {
    const share = state.shares.get(token);
    if (!share) return aCaller({ role: 'nobody' });
    return aCaller({ role: 'guest', mediaId: share.mediaId, expiresAt: share.expiresAt });
  }

  function signIn(body: unknown): Reply {
    const { code, initData } = SignIn.parse(body);
    const role = initData === undefined ? state.codes.get(code ?? '') : roleOf(initData);
    if (!role) return refused('sign-in-refused');
    state.codes.delete(code ?? '');
    state.caller = aCaller({ role, name: 'Ada' });
    return ok(state.caller);
  }

  function roleOf(initData: string): MemberRole | undefined {
    return initData === state.initData ? 'member' : undefined;
  }

  function share(mediaId: string | null, body: unknown): Reply {
    const { lifetimeSeconds = 604_800 } = body as { lifetimeSeconds?: number }; // the shape the site sends
    const token = `token${++createdShares}`.padEnd(22, '-');
    const expiresAt = new Date(Date.now() + lifetimeSeconds * 1000).toISOString();
    const fresh = aShare({ id: token, mediaId, expiresAt, createdAt: new Date().toISOString() });
    state.shares.set(token, fresh);
    const hls = mediaId === null ? null : paths.sharedPlaylist(token);
    const file = mediaId === null ? paths.sharedStream(token) : null;
    return { status: 201, json: { ...fresh, links: { page: paths.share(token), hls, file } } };
  }

  function signOut(): void {
    state.caller = aCaller({ role: 'nobody' });
  }

  function createJob(body: unknown, query: URLSearchParams): Reply | undefined {
    const list = state.lists.get((body as JobRequest).url); // the shape the site sends
    if (list && query.get('playlist') === 'ask')
      return refused('playlist-choice', { videos: list.entries.length, list });
    return found(state.jobs[0]);
  }

  const sharesOf = (id: string | null) => ok({ shares: [...state.shares.values()].filter((s) => s.mediaId === id) });
  const jobOf = (id: string) => found(state.jobs.find((job) => job.id === id));

  const routes: Partial<Record<EndpointName, Route>> = {
    listMedia: ({ query, caller }) => {
      const { media, nextCursor } = listMedia(state.media, query);
      return ok({ media: media.map((item) => positions.withPosition(caller, item)), nextCursor });
    },
    getMedia: ({ id, caller }) => {
      const item = state.media.find((candidate) => candidate.id === id);
      return found(item && positions.withPosition(caller, item));
    },
    ...createCannedCollections(state),
    ...createCannedTrash(state),
    ...createCannedFollowing(state),
    ...createCannedStorage(state),
    ...createCannedProfiles(state),
    ...createCannedCookies(state),
    makeAudio: () => found(state.jobs[0]),
    fetchMedia: () => found(state.jobs[0]),
    ...createCannedDeliveries(state),
    listJobs: () => ok({ jobs: state.jobs, nextCursor: null }),
    getJob: ({ id }) => jobOf(id),
    cancelJob: ({ id }) => jobOf(id),
    createJob: ({ body, query }) => createJob(body, query),
    probe: ({ query }) => found(state.probes.get(query.get('url') ?? '')),
    getStation: () => ok(state.station),
    requestTrack: () => ({ status: 202, json: state.station }),
    skipTrack: () => ({ status: 202, json: state.station }),
    listActivity: ({ query }) =>
      ok({ activity: state.activity.filter(({ kind }) => kind === (query.get('kind') ?? kind)), nextCursor: null }),
    getCaller: ({ caller }) => ok(caller),
    signIn: ({ body }) => signIn(body),
    signOut: () => {
      signOut();
      return { status: 204 };
    },
    endOwnSessions: () => {
      signOut();
      return ok({ ended: state.sessions.length });
    },
    listSessions: () => ok({ sessions: state.sessions }),
    endSession: ({ id }) => {
      state.sessions = state.sessions.filter((session) => session.id !== id);
      return { status: 204 };
    },
    createSignInCode: () => {
      const code = 'wxyz-2345-abcd';
      state.codes.set(code, 'owner');
      const expiresAt = new Date(Date.now() + 900_000).toISOString();
      return { status: 201, json: { code, path: paths.signInWith(code), expiresAt } };
    },
    ...createCannedPeople(state),
    ...positions.routes,
    ...createCannedCredentials(state),
    shareMedia: ({ id, body }) => share(id, body),
    listShares: ({ id }) => sharesOf(id),
    shareStation: ({ body }) => share(null, body),
    listStationShares: () => sharesOf(null),
    revokeShare: ({ id }) => {
      state.shares.delete(id);
      return { status: 204 };
    },
    health: () => ok(state.health),
  };

  /** Returns the refusal for a caller without the right; undefined when the call is allowed. */
  function refusalOf(caller: Caller, { right, forGuests }: Endpoint): Reply | undefined {
    if (right === 'none') return undefined;
    if (right === 'service' || !caller.rights.includes(right) || (caller.role === 'guest' && !forGuests)) {
      return refused(caller.role === 'owner' || caller.role === 'member' ? 'forbidden' : 'unauthorized');
    }
    return undefined;
  }

  return {
    state,
    callerOf,
    guestOf,
    answer: async (request: IncomingMessage, url: URL): Promise<Reply> => {
      const body = request.method === 'GET' ? undefined : await readJson(request);
      const call = findCall(request.method ?? '', url.pathname);
      if (!call) return refused('not-found');
      state.bodies.set(call.name, body);
      state.queries.set(call.name, url.search);
      state.languages.set(call.name, request.headers['accept-language']);
      const caller = callerOf(request);
      const input = { id: call.id, body, query: url.searchParams, caller };
      return refusalOf(caller, endpoints[call.name]) ?? routes[call.name]?.(input) ?? refused('not-found');
    },
  };
}

function findCall(method: string, path: string): { readonly name: EndpointName; readonly id: string } | undefined {
  // Object.keys returns string[]; the keys of this object are the endpoint names.
  for (const name of Object.keys(endpoints) as EndpointName[]) {
    const endpoint = endpoints[name];
    const match = new RegExp(`^${endpoint.path.replace(':id', '([^/]+)')}$`).exec(path);
    if (match && endpoint.method === method.toLowerCase()) return { name, id: match[1] ?? '' };
  }
  return undefined;
}

function found(value: unknown): Reply | undefined {
  return value === undefined ? undefined : ok(value);
}

function listMedia(all: readonly Media[], query: URLSearchParams) {
  const type = query.get('type');
  const q = (query.get('q') ?? '').toLowerCase();
  const from = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  const matching = all
    .filter((item) => (type === null || item.type === type) && item.title.toLowerCase().includes(q))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const media = matching.slice(from, from + limit);
  return { media, nextCursor: from + limit < matching.length ? String(from + limit) : null };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}
