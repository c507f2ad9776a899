import { isProblem } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { dependsOnWay, throwUnlessDownloaded } from '../../../src/pipeline/programs/ytdlp-errors.ts';

const NEVER = new AbortController().signal;

/** The failure of a yt-dlp that ended with these lines. */
function failureOf(stderrTail: string, signal: NodeJS.Signals | null = null): unknown {
  try {
    throwUnlessDownloaded({ kind: 'failed', exitCode: 1, signal, stderrTail }, NEVER);
  } catch (error) {
    return error;
  }
  return undefined;
}

function problemOf(stderrTail: string): string {
  const failure = failureOf(stderrTail);
  return isProblem(failure) ? failure.code : String(failure);
}

/** Lines as yt-dlp 2026.11 prints them. */
test.each([
  [
    "ERROR: [youtube] abc: Private video. Sign in if you've been granted access to this video. Use --cookies-from-browser or --cookies for the authentication.",
    'source-private',
  ],
  [
    'ERROR: [youtube] abc: Join this channel to get access to members-only content like this video, and other exclusive perks.',
    'source-private',
  ],
  [
    'ERROR: [youtube] abc: Sign in to confirm your age. This video may be inappropriate for some users.',
    'source-age-restricted',
  ],
  [
    'ERROR: [youtube] abc: Sign in to confirm you’re not a bot. Use --cookies-from-browser or --cookies for the authentication.',
    'source-captcha',
  ],
  ['ERROR: [youtube] abc: . YouTube is requiring a captcha challenge before playback', 'source-captcha'],
  [
    'ERROR: [generic] Got HTTP Error 403 caused by Cloudflare anti-bot challenge; try again with  --extractor-args "generic:impersonate"',
    'source-captcha',
  ],
  [
    'ERROR: [yandexmusic:track] 1: YandexMusic asks you to solve a CAPTCHA. You can either wait for some time until unblocked and optionally use --sleep-interval in future',
    'source-captcha',
  ],
  ['ERROR: [youtube] abc: Video unavailable. This video has been removed by the uploader', 'source-not-found'],
  ['ERROR: [youtube] abc: The uploader has not made this video available in your country', 'source-geo-blocked'],
  ['ERROR: [youtube] abc: Premieres in 3 hours', 'source-upcoming'],
  ['ERROR: [youtube] abc: This live event will begin in 20 minutes.', 'source-upcoming'],
  ['ERROR: [twitch:stream] abc: The channel is not currently live', 'source-live'],
  ['ERROR: [crunchyroll] abc: This video is DRM protected', 'source-drm'],
  ['ERROR: [vimeo] 1: The web client only works when logged-in. Use --cookies, --cookies-from-browser', 'source-login'],
  [
    'ERROR: [twitter] 1: NSFW tweet requires authentication. Use --cookies, --cookies-from-browser, --username and --password',
    'source-login',
  ],
  ['ERROR: [generic] Unable to download webpage: HTTP Error 429: Too Many Requests', 'source-rate-limited'],
  ['ERROR: Unsupported URL: https://example.com/', 'source-unsupported'],
  ['ERROR: [generic] Unable to download webpage: HTTP Error 503: Service Unavailable', 'source-unreachable'],
  [
    'ERROR: [generic] Unable to download webpage: <urllib3.connection.HTTPConnection object>: Failed to resolve',
    'source-unreachable',
  ],
  ['ERROR: [generic] Unable to download webpage: HTTP Error 403: Forbidden', 'source-refused'],
  [
    'ERROR: [generic] Unable to download webpage: HTTP Error 502: The outbound proxy refuses the connection',
    'outbound-proxy-failed',
  ],
  [
    "ERROR: [generic] Unable to download webpage: ('Unable to connect to proxy', OSError('Tunnel connection failed: 504 The outbound proxy does not answer in time'))",
    'outbound-proxy-failed',
  ],
  ['ERROR: [youtube] abc: Unable to extract yt initial data; please report this issue on', 'source-extractor'],
])('%s', (line, expected) => {
  expect(problemOf(line)).toBe(expected);
});

test.each([
  'ERROR: [generic] Unable to download webpage: HTTP Error 403: Forbidden (caused by <HTTPError 403: Forbidden>)',
  'ERROR: [youtube] abc: Sign in to confirm you’re not a bot. Use --cookies-from-browser or --cookies for the authentication.',
  'ERROR: [youtube] abc: Sign in to confirm your age. This video may be inappropriate for some users.',
  'ERROR: [twitter] 1: NSFW tweet requires authentication. Use --cookies, --cookies-from-browser, --username and --password',
  'ERROR: [generic] Unable to download webpage: HTTP Error 429: Too Many Requests',
  'ERROR: [generic] Unable to download webpage: HTTP Error 502: The host cannot be reached',
  "ERROR: [generic] Unable to download webpage: ('Unable to connect to proxy', OSError('Tunnel connection failed: 502 The host cannot be reached'))",
  'ERROR: [generic] Unable to download webpage: HTTP Error 502: The outbound proxy refuses the connection',
  'ERROR: [youtube] abc: Requested format is not available. Use --list-formats for a list of available formats',
  'ERROR: [youtube] abc: Unable to extract yt initial data; please report this issue on',
])('%s: the next way is tried', (line) => {
  expect(dependsOnWay(failureOf(line))).toBe(true);
});

test.each([
  "ERROR: [youtube] abc: Private video. Sign in if you've been granted access to this video. Use --cookies-from-browser or --cookies for the authentication.",
  'ERROR: [youtube] abc: Video unavailable. This video has been removed by the uploader',
  'ERROR: [youtube] abc: The uploader has not made this video available in your country',
  'ERROR: [crunchyroll] abc: This video is DRM protected',
  'ERROR: [youtube] abc: Premieres in 3 hours',
  'ERROR: [generic] Unable to download webpage: HTTP Error 403: This address is not a source',
  'ERROR: [generic] Unable to download webpage: HTTP Error 502: The name servers cannot tell the address',
  'ERROR: [generic] Unable to download webpage: HTTP Error 504: The name servers do not answer in time',
  "ERROR: [generic] Unable to download webpage: ('Unable to connect to proxy', NewConnectionError('Failed to establish a new connection: [Errno 111] Connection refused'))",
  'OSError: [Errno 28] No space left on device',
  "RuntimeError: can't start new thread",
])('%s: no other way is tried', (line) => {
  expect(dependsOnWay(failureOf(line))).toBe(false);
});

test('a yt-dlp that was killed: no other way is tried', () => {
  expect(dependsOnWay(failureOf('', 'SIGKILL'))).toBe(false);
});
