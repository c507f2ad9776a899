import { isProblem, Problem, type ProblemType } from '@linkcast/contracts';
import {
  MAX_OUTPUT_BYTES,
  STOPPED_IDLE,
  STOPPED_MESSAGES,
  STOPPED_OUTPUT,
  STOPPED_WALL,
  type Outcome,
} from '@linkcast/kit';
import { isNotRun } from './ffmpeg/ffmpeg-confinement.ts';
import { ownProblem } from './own-failure.ts';
import { MAX_MEMORY_BYTES } from './ytdlp-confinement.ts';

/**
 * The problem behind yt-dlp's error text; the first match counts. Only this file reads message text, because yt-dlp has
 * exit code 1 for all of these. Texts as of yt-dlp 2026.10.
 */
const PROBLEM_PATTERNS: readonly (readonly [RegExp, ProblemType])[] = [
  [/The outbound proxy /, 'outbound-proxy-failed'], // a refusal of the egress proxy
  [/\bDRM\b/i, 'source-drm'],
  [/confirm your age|age[- ]restrict|inappropriate for some users/i, 'source-age-restricted'],
  [/private video|video is private|members[- ]only|join this channel|is private/i, 'source-private'],
  [/captcha|not a (ro)?bot|anti-bot challenge|unusual traffic/i, 'source-captcha'],
  [
    /sign in to confirm|login required|log in|requires? (a )?login|use --cookies|authentication|registered users|HTTP Error 401/i,
    'source-login',
  ],
  [
    /geo[- ]?restrict|available (from|in) your (country|location|region)|blocked it in your country/i,
    'source-geo-blocked',
  ],
  [/HTTP Error 429|too many requests|rate[- ]limit|try again later/i, 'source-rate-limited'],
  [/live event will begin|premieres in|premiere will begin/i, 'source-upcoming'],
  [/is (not )?currently live|livestream|live stream/i, 'source-live'],
  [
    /HTTP Error (404|410)|video unavailable|has been removed|no longer available|does not exist|not found/i,
    'source-not-found',
  ],
  [
    /unsupported url|no video formats|no media found|no video could be found|there is no video|requested format is not available|no suitable/i,
    'source-unsupported',
  ],
  [/HTTP Error 403|forbidden/i, 'source-refused'],
  [/timed? ?out|timeout/i, 'source-stalled'],
  [
    /bytes read, \d+ more expected|incompleteread|content too short|fragment .*not available|giving up after .*fragment/i,
    'source-truncated',
  ],
  [
    /name or service not known|failed to resolve|temporary failure in name resolution|connection (refused|reset|aborted)|remote end closed|network is unreachable|no route to host|certificate|SSL|tunnel connection failed|proxy|HTTP Error 5\d\d|unable to (download|connect)/i,
    'source-unreachable',
  ],
  [/\[download\] Got error/, 'source-unreachable'],
  // Python's MemoryError has no text: yt-dlp prints "ERROR: " alone.
  [/^ERROR:\s*$|MemoryError|cannot allocate memory/im, 'too-large'],
];

type FailedOutcome = Extract<Outcome, { kind: 'failed' }>;

/** yt-dlp ends with this line whatever the answer for the fragment was; the line before it has the answer. */
const FRAGMENT_LINE = /^ERROR: fragment \d+ not found, unable to continue\s*$/gim;

function classify(stderr: string): ProblemType {
  const reason = stderr.replaceAll(FRAGMENT_LINE, '');
  const found = PROBLEM_PATTERNS.find(([pattern]) => pattern.test(reason))?.[1];
  return found ?? (reason === stderr ? 'source-extractor' : 'source-truncated');
}

/** @throws the reason of the signal, or the Problem behind the error text of yt-dlp. */
export function throwUnlessDownloaded(outcome: Outcome, signal: AbortSignal): void {
  signal.throwIfAborted();
  if (outcome.kind === 'finished') return;
  if (outcome.kind === 'failed') throw ownProblem(outcome) ?? sourceProblem(outcome);
  throw stopProblem(outcome);
}

function sourceProblem(outcome: FailedOutcome): Problem {
  if (isNotRun(outcome)) return new Problem('downloader-unavailable', {}, { cause: outcome });
  const code = classify(outcome.stderrTail);
  const facts = code === 'too-large' ? { limit: { kind: 'size', bytes: MAX_MEMORY_BYTES } as const } : {};
  return new Problem(code, facts, { cause: outcome });
}

/** The problem behind a stop: of a watchdog, or at too much output, which only a source makes. */
function stopProblem(outcome: Extract<Outcome, { kind: 'stopped' }>): Problem {
  const { reason } = outcome;
  if (reason === STOPPED_OUTPUT)
    return new Problem('too-large', { limit: { kind: 'size', bytes: MAX_OUTPUT_BYTES } }, { cause: outcome });
  if (reason === STOPPED_MESSAGES) return new Problem('source-extractor', {}, { cause: outcome });
  const isStall = reason === STOPPED_IDLE || reason === STOPPED_WALL;
  return new Problem(isStall ? 'source-stalled' : 'internal', {}, { cause: outcome });
}

/** True when yt-dlp failed because the reader of its output had ended. */
export function isBrokenPipe(stderr: string): boolean {
  return /broken pipe/i.test(stderr);
}

/** Failures that another way to the source may avoid. What is private, deleted, protected or not for this country stays so. */
const DEPEND_ON_WAY: readonly ProblemType[] = [
  'source-refused',
  'source-login',
  'source-age-restricted',
  'source-captcha',
  'source-rate-limited',
  'source-unsupported',
  'source-unreachable',
  'source-stalled',
  'source-truncated',
  'source-extractor',
  'outbound-proxy-failed',
];

/** Refusals of the egress proxy: for an address, which no way changes; and while this machine has no name servers. */
const OF_EGRESS = /This address is not a source|The name servers (?:cannot tell|do not answer)/;

/** Reports whether a failure is one of the way by which the source was tried: neither of this machine nor of the source itself. */
export function dependsOnWay(error: unknown): boolean {
  if (!isProblem(error) || !DEPEND_ON_WAY.includes(error.code)) return false;
  const stderr = stderrOf(error.cause);
  return !OF_EGRESS.test(stderr) && !isEgressAway(stderr);
}

/** The egress proxy itself cannot be reached: it would answer a tunnel that fails otherwise. */
function isEgressAway(stderr: string): boolean {
  return /Unable to connect to proxy/i.test(stderr) && !/Tunnel connection failed/i.test(stderr);
}

function stderrOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'stderrTail' in cause ? String(cause.stderrTail) : '';
}
