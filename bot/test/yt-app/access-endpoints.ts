import {
  Membership,
  paths,
  Problem,
  ShareRequest,
  SignInCodeRequest,
  SignOutRequest,
  type Health,
  type NewShare,
  type ProblemType,
} from '@linkcast/contracts';
import { randomBytes } from 'node:crypto';

/** A call that is refused once: `POST /api/media/:id/shares`. */
export interface CallFault {
  readonly path: RegExp;
  readonly problem: ProblemType;
}

export interface SideAnswer {
  readonly status: number;
  readonly body?: unknown;
}

const DAY_MS = 86_400_000;

/** The side of the yt-app stand-in that knows who may sign in, what is shared, and how the parts are. */
export function createAccessEndpoints() {
  const memberships: Membership[] = [];
  const codes: (ReturnType<typeof SignInCodeRequest.parse> & { code: string })[] = [];
  const signOuts: number[] = [];
  const shares = new Map<string, NewShare>();
  const revoked: string[] = [];
  let faults: CallFault[] = [];
  let health: Health = wellHealth();
  let count = 0;
  let healthReads = 0;

  const share = (mediaId: string, body: unknown): SideAnswer => {
    ShareRequest.parse(body);
    const token = randomBytes(16).toString('base64url');
    const made: NewShare = {
      id: `share${++count}`,
      mediaId,
      createdAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + 7 * DAY_MS).toISOString(),
      links: { page: paths.share(token), hls: null, file: null },
    };
    shares.set(made.id, made);
    return { status: 201, body: made };
  };
  const revoke = (id: string): SideAnswer => {
    if (!shares.delete(id)) throw new Problem('not-found');
    revoked.push(id);
    return { status: 204 };
  };
  const giveCode = (body: unknown): SideAnswer => {
    const code = `abcd-efgh-${String(2222 + codes.length)}`;
    const asked = SignInCodeRequest.parse(body);
    codes.push({ ...asked, code });
    const expiresAt = new Date(Date.now() + asked.lifetimeSeconds * 1000).toISOString();
    return { status: 201, body: { code, path: paths.signInWith(code), expiresAt } };
  };
  const signOut = (body: unknown): SideAnswer => {
    signOuts.push(SignOutRequest.parse(body).telegramId);
    return { status: 200, body: { ended: 2 } };
  };
  const setMembership = (body: unknown): SideAnswer => {
    memberships.push(Membership.parse(body));
    return { status: 204 };
  };

  return {
    /** Undefined: no call of this side. */
    answer(method: string, pathname: string, body: unknown): SideAnswer | undefined {
      const fault = faults.find(({ path }) => path.test(`${method} ${pathname}`));
      faults = faults.filter((one) => one !== fault);
      if (fault) throw new Problem(fault.problem);
      const [, mediaId] = /^POST \/api\/media\/(\w+)\/shares$/.exec(`${method} ${pathname}`) ?? [];
      const [, shareId] = /^DELETE \/api\/shares\/(\w+)$/.exec(`${method} ${pathname}`) ?? [];
      if (mediaId !== undefined) return share(mediaId, body);
      if (shareId !== undefined) return revoke(shareId);
      if (pathname === '/api/sign-in-codes') return giveCode(body);
      if (pathname === '/internal/sign-outs') return signOut(body);
      if (pathname === '/internal/membership') return setMembership(body);
      if (pathname !== '/api/health') return undefined;
      healthReads += 1;
      return { status: 200, body: health };
    },
    memberships,
    codes,
    signOuts,
    /** Those that are good now. */
    shares: () => [...shares.values()],
    revoked,
    /** The next calls that fit are refused, each fault once. */
    refuseCall: (...more: CallFault[]) => faults.push(...more),
    /** The number of calls of `GET /api/health`. */
    healthReads: () => healthReads,
    setHealth: (changes: Partial<Health>) => (health = { ...health, ...changes }),
  };
}

function wellHealth(): Health {
  const now = new Date().toISOString();
  return {
    status: 'ok',
    version: '0.1.0',
    checks: [
      { name: 'database', ok: true, detail: '' },
      { name: 'disk', ok: true, detail: '120 GB free' },
    ],
    name: {
      name: 'media.example.org',
      provider: 'duckdns',
      state: 'right',
      addresses: [{ family: 4, public: '203.0.113.5', served: ['203.0.113.5'], writtenAt: now }],
      routerAddress: null,
      reach: { checkedAt: now, http: 'answered', https: 'answered' },
      checkedAt: now,
      nextCheckAt: now,
      lastError: null,
      canAnswerChallenges: true,
    },
    certificate: {
      name: 'media.example.org',
      state: 'valid',
      issuer: 'E7',
      serialNumber: '0a',
      notBefore: now,
      notAfter: '2031-01-28T12:00:00.000Z',
      challenge: 'http-01',
      validatedAt: now,
      lastFault: null,
      lastError: null,
      nextAttemptAt: now,
    },
    reachability: { state: 'reachable', sentence: 'The internet reaches this site.' },
    notices: [],
  };
}
