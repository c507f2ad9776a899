import { expect, test } from 'vitest';
import { ytDlpArguments } from '../../../src/pipeline/programs/command-line.ts';
import { withWay } from '../../../src/pipeline/programs/way-flags.ts';
import { parseImpersonateTargets } from '../../../src/pipeline/programs/ytdlp-questions.ts';

test('a way with all options: adds its arguments to those of the run', () => {
  const flags = withWay(
    { extractorArgs: 'youtubetab:approximate_date', quiet: true },
    {
      extractorArguments: { youtube: { player_client: ['default', '-tv'], lang: ['es'] }, vimeo: { client: ['web'] } },
      ...{ impersonate: 'chrome', requestGap: 1.5, cookiesFile: '/run/cookies.txt' },
    },
  );
  expect(ytDlpArguments(flags, 'https://example.org/')).toEqual([
    ...['--extractor-args', 'youtubetab:approximate_date'],
    ...['--extractor-args', 'youtube:player_client=default,-tv;lang=es', '--extractor-args', 'vimeo:client=web'],
    ...['--quiet', '--impersonate', 'chrome', '--sleep-requests', '1.5', '--cookies', '/run/cookies.txt'],
    ...['--', 'https://example.org/'],
  ]);
});

test('a way without options: adds nothing', () => {
  expect(withWay({ quiet: true }, { extractorArguments: { youtube: {} }, requestGap: 0 })).toEqual({ quiet: true });
});

/** As yt-dlp 2026.11 prints it. */
const WITHOUT = `[info] Available impersonate targets
Client    OS   Source
--------------------------------------------
Tor       -    curl_cffi>=0.11 (unavailable)
Firefox   -    curl_cffi>=0.10 (unavailable)
Chrome    -    curl_cffi (unavailable)
`;
const WITH = `[info] Available impersonate targets
Client       OS           Source
--------------------------------------
Chrome-133   Macos-15     curl_cffi
Chrome-131   Android-14   curl_cffi
Safari-18.0  Ios-18.0     curl_cffi
Firefox      -            curl_cffi>=0.10 (unavailable)
`;

test('the browsers of a yt-dlp: those that are available, each once', () => {
  expect(parseImpersonateTargets(WITHOUT)).toEqual([]);
  expect(parseImpersonateTargets(WITH)).toEqual(['chrome', 'safari']);
});
