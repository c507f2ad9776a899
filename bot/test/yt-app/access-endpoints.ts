import {
  paths,
  Problem,
  ShareRequest,
  SignInCodeRequest,
  type Health,
  type NewShare,
  type Person,
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

/** The side of the yt-app stand-in that has sign-in codes, shares, and the state of the parts. */
export function createAccessEndpoints() {
  const codes: { code: string; telegramId: number | null }[] = [];
  const signOuts: (number | null)[] = [];
  const shares = new Map<string, NewShare>();
  const sharers = new Map<string, Person>();
  const revoked: string[] = [];
  let faults: CallFault[] = [];
  let health: Health = wellHealth();
  let count = 0;
  let healthReads = 0;
  let areSharesHidden = false;

  const share = (mediaId: string, body: unknown, caller: Person): SideAnswer => {
    ShareRequest.parse(body);
    const token = randomBytes(16).toString('base64url');
    const made: NewShare = {
      id: `share${++count}`,
      mediaId,
      createdAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + 7 * DAY_MS).toISOString(),
      links: { page: paths.share(token), hls: paths.sharedPlaylist(token), file: `${paths.share(token)}audio.mp3` },
    };
    shares.set(made.id, made);
    sharers.set(made.id, caller);
    return { status: 201, body: made };
  };
  const revoke = (id: string, caller: Person): SideAnswer => {
    const isOthers = caller.role === 'member' && sharers.get(id)?.id !== caller.id;
    if (!shares.has(id) || isOthers) throw new Problem(isOthers && !areSharesHidden ? 'forbidden' : 'not-found');
    shares.delete(id);
    revoked.push(id);
    return { status: 204 };
  };
  const giveCode = (body: unknown, { telegramId }: Person): SideAnswer => {
    const code = `abcd-efgh-${String(2222 + codes.length)}`;
    const asked = SignInCodeRequest.parse(body);
    codes.push({ code, telegramId });
    const expiresAt = new Date(Date.now() + asked.lifetimeSeconds * 1000).toISOString();
    return { status: 201, body: { code, path: paths.signInWith(code), expiresAt } };
  };
  const signOut = ({ telegramId }: Person): SideAnswer => {
    signOuts.push(telegramId);
    return { status: 200, body: { ended: 2 } };
  };

  return {
    /** Undefined: no call of this side. */
    answer(call: string, caller: Person | undefined, body: unknown): SideAnswer | undefined {
      if (call === 'GET /api/health') {
        if (caller?.role === 'member') throw new Problem('forbidden');
        healthReads += 1;
        return { status: 200, body: health };
      }
      if (!caller) return undefined;
      const [, mediaId] = /^POST \/api\/media\/(\w+)\/shares$/.exec(call) ?? [];
      const [, shareId] = /^DELETE \/api\/shares\/(\w+)$/.exec(call) ?? [];
      if (mediaId !== undefined) return share(mediaId, body, caller);
      if (shareId !== undefined) return revoke(shareId, caller);
      if (call === 'POST /api/sign-in-codes') return giveCode(body, caller);
      return call === 'DELETE /api/sessions' ? signOut(caller) : undefined;
    },
    /** Throws the problem of the first fault that fits, which is then used up. */
    applyFaults(call: string): void {
      const fault = faults.find(({ path }) => path.test(call));
      faults = faults.filter((one) => one !== fault);
      if (fault) throw new Problem(fault.problem);
    },
    /** Shares of others do not exist for members, instead of being forbidden. */
    hideShares: () => void (areSharesHidden = true),
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
