import { isProblem } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { throwUnlessDownloaded } from '../../../src/pipeline/programs/ytdlp-errors.ts';

const NEVER = new AbortController().signal;

/** The problem of a yt-dlp that ended with these lines. */
function problemOf(stderrTail: string): string | undefined {
  try {
    throwUnlessDownloaded({ kind: 'failed', exitCode: 1, signal: null, stderrTail }, NEVER);
  } catch (error) {
    return isProblem(error) ? error.code : String(error);
  }
  return undefined;
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
  ['ERROR: [youtube] abc: Unable to extract yt initial data; please report this issue on', 'source-extractor'],
])('%s', (line, expected) => {
  expect(problemOf(line)).toBe(expected);
});
