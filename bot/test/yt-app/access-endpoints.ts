import {
  paths,
  Problem,
  RetentionAnswer,
  ShareRequest,
  SignInCodeRequest,
  type Deliveries,
  type Delivery,
  type Diagnosis,
  type Finding,
  type Health,
  type NewShare,
  type Person,
  type ProblemType,
  type RetentionQuestion,
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
const NOW = new Date().toISOString();
/** The answer to the change of an item. */
const KEPT = {
  ...{ id: 'a'.repeat(20), type: 'video', title: 'A film', uploader: null, sourceUrl: null, extractor: null },
  ...{ durationSeconds: 1, bytes: 1, renditions: [], handling: 'copied', state: 'ready', jobId: null, personId: null },
  ...{ isKept: true, poster: null, links: { page: '/watch/a', hls: null, file: null }, createdAt: NOW },
};

/** The side of the yt-app stand-in that has sign-in codes, shares, and the state of the parts. */
export function createAccessEndpoints() {
  const codes: { code: string; telegramId: number | null }[] = [];
  const signOuts: (number | null)[] = [];
  const shares = new Map<string, NewShare>();
  const sharers = new Map<string, Person>();
  const revoked: string[] = [];
  let faults: CallFault[] = [];
  let health: Health = wellHealth();
  let findings: Finding[] = [];
  let questions: RetentionQuestion[] = [];
  const patches: { body: unknown; telegramId: number | null }[] = [];
  const answers: { id: string; answer: string; telegramId: number | null }[] = [];
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

  const answerQuestion = (id: string, body: unknown, { role, telegramId }: Person): SideAnswer => {
    if (role !== 'owner') throw new Problem('forbidden');
    if (!questions.some((question) => question.id === id)) throw new Problem('not-found');
    const { answer } = RetentionAnswer.parse(body);
    const earlier = answers.find((given) => given.id === id);
    if (earlier && (earlier.answer !== answer || earlier.telegramId !== telegramId)) throw new Problem('conflict');
    if (!earlier) answers.push({ id, answer, telegramId });
    return { status: 204 };
  };

  let deliveries: Delivery[] = [];

  return {
    /** Undefined: no call of this side. */
    answer(call: string, caller: Person | undefined, body: unknown): SideAnswer | undefined {
      if (call === 'GET /api/health') {
        if (caller?.role === 'member') throw new Problem('forbidden');
        healthReads += 1;
        return { status: 200, body: health };
      }
      if (call === 'GET /api/diagnosis') {
        if (caller?.role !== 'owner') throw new Problem('forbidden');
        return { status: 200, body: { version: health.version, findings } satisfies Diagnosis };
      }
      if (call === 'GET /api/deliveries') {
        if (caller?.role !== 'owner') throw new Problem('forbidden');
        return { status: 200, body: { deliveries } satisfies Deliveries };
      }
      if (!caller) return call === 'GET /internal/storage/questions' ? { status: 200, body: { questions } } : undefined;
      const [, questionId] = /^POST \/api\/storage\/questions\/(\w+)\/answer$/.exec(call) ?? [];
      if (questionId !== undefined) return answerQuestion(questionId, body, caller);
      if (/^PATCH \/api\/media\/\w+$/.test(call)) {
        patches.push({ body, telegramId: caller.telegramId });
        return { status: 200, body: KEPT };
      }
      const [, mediaId] = /^POST \/api\/media\/(\w+)\/shares$/.exec(call) ?? [];
      const [, shareId] = /^DELETE \/api\/shares\/(\w+)$/.exec(call) ?? [];
      if (mediaId !== undefined) return share(mediaId, body, caller);
      if (shareId !== undefined) return revoke(shareId, caller);
      if (call === 'POST /api/sign-in-codes') return giveCode(body, caller);
      return call === 'DELETE /api/sessions' ? signOut(caller) : undefined;
    },
    setDeliveries: (listed: Delivery[]) => void (deliveries = listed),
    /** Sets the open questions about unwatched items. */
    setQuestions: (open: RetentionQuestion[]) => void (questions = open),
    /** The changes of items. */
    patches,
    /** The answers to them. */
    answers,
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
    /** No call is refused any more. */
    acceptCalls: () => void (faults = []),
    /** The number of calls of `GET /api/health`. */
    healthReads: () => healthReads,
    /** Sets the findings of yt-app's own checks. */
    setFindings: (found: Finding[]) => void (findings = found),
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
