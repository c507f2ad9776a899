import { textsOf } from '@linkcast/texts';

/** The name is stored with the session, so it has one language. */
const say = textsOf('en').api.device;

/** The first that fits counts: most browsers also name the ones they are like. */
const BROWSERS: readonly [RegExp, string][] = [
  [/Telegram/, 'Telegram'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Vivaldi\//, 'Vivaldi'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/Web0S|webOS/, 'LG TV'],
  [/Tizen/, 'Samsung TV'],
  [/Android TV|BRAVIA|AFT[A-Z]/, 'Android TV'],
  [/iPad/, 'iPad'],
  [/iPhone/, 'iPhone'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'Mac'],
  [/Linux|X11/, 'Linux'],
];

/** A browser's `User-Agent` in a few words, "Firefox on Android", for people to tell their devices apart; nothing depends on it. */
export function deviceName(userAgent: string): string {
  const browser = nameIn(BROWSERS, userAgent);
  const system = nameIn(SYSTEMS, userAgent);
  if (browser !== undefined && system !== undefined) return say.browserOn(browser, system);
  return browser ?? system ?? say.unknown;
}

function nameIn(names: readonly [RegExp, string][], text: string): string | undefined {
  return names.find(([pattern]) => pattern.test(text))?.[1];
}
