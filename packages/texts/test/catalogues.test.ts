import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { limitNames, problemTypes, type ProblemFacts } from '@linkcast/contracts';
import { languages, textsOf, type Texts } from '../src/index.ts';

const ISO = '2026-11-28T12:00:00.000Z';
const PROGRESS = { bytes: 7_500_000, totalBytes: 30_000_000, bytesPerSecond: 2_000_000, etaSeconds: 11 };
/** Facts of every name that messages have. */
const FACTS = {
  address: '203.0.113.5',
  addresses: ['203.0.113.5', '2001:db8::5'],
  at: ISO,
  file: 'yt-app.sqlite.damaged',
  former: 'A former title',
  title: 'A title',
  watchedDays: 30,
  unwatchedDays: 21,
  keepLast: 100,
  madeAt: ISO,
  trash: 12e9,
  bytes: 120e6,
  bytesPerSecond: 120e6,
  code: 'EROFS',
  names: ['libx264', 'aac'],
  count: 21,
  days: 5,
  device: 'Firefox',
  httpPort: 8080,
  httpsPort: 8443,
  ids: ['one', 'two'],
  key: 'shortcut',
  limit: 0.9,
  line: 3,
  marker: '.linkcast',
  name: 'media.example.org',
  own: '203.0.113.5',
  passkey: 'phone',
  provider: 'DuckDNS',
  role: 'member',
  room: 12e9,
  seconds: 2,
  sentence: 'The server said no.',
  served: ['198.51.100.7'],
  settings: 'DUCKDNS_TOKEN',
  status: 502,
  target: 'elsewhere.example',
  to: '2026.10.22',
  type: 'TXT',
  until: ISO,
  uses: 5,
  version: '2026.10.26',
  versions: ['2026.10.26'],
  wanted: ['203.0.113.5'],
};
/** Arguments of the texts that take more than a word. */
const SAMPLES: Readonly<Record<string, readonly unknown[]>> = {
  'api.moveDatabase.noFile': [{ file: 'yt-app.sqlite' }],
  'api.moveDatabase.inUse': [{ where: 'yt-app.sqlite' }],
  'api.moveDatabase.notEmpty': [{ where: 'yt-app.sqlite' }],
  'backup.made': [{ path: '/mnt/backup', size: 8e6, count: 21 }],
  'backup.deleted': [{ count: 2 }],
  'backup.failed': [{ reason: 'A sentence.' }],
  'backup.refused.foreign': [{ path: '/mnt/backup' }],
  'backup.refused.damaged': [{ file: 'yt-app.sqlite' }],
  'backup.refused.unreadable': [{ file: 'yt-app.sqlite' }],
  'backup.inUse': [{ where: '/data' }],
  'backup.proved': [{ at: ISO, count: 21 }],
  'backup.continued': [{ at: ISO }],
  'backup.mediaRestored': [{ count: 21 }],
  'backup.aside': [{ path: '/data/before' }],
  'backup.rebuilt': [{ restored: 21, rebuilt: 2, dropped: 3 }],
  'backup.keptFolders': [{ count: 2, ids: 'one, two' }],
  'backup.mediaMissing': [{ path: '/media' }],
  'bot.progress': [PROGRESS],
  'bot.readyDamaged': [3],
  'bot.notice.unsolved': [ISO, 'A sentence.'],
  'bot.stats.served': [['198.51.100.7', '2001:db8::1']],
  'bot.stats.address': [4, '203.0.113.5'],
  'bot.stats.lastError': [ISO, 'A sentence.'],
  'bot.stats.certificateUntil': [ISO],
  'bot.nextTry': [ISO],
  'bot.list.found': [200, true],
  'bot.list.all': [21],
  'bot.list.firstOf': [200],
  'bot.list.failed': [21],
  'site.add.list.found': [21, false],
  'site.add.list.all': [21],
  'site.add.list.firstOf': [200],
  'site.add.list.more': [8],
  'site.queue.nextTry': [ISO],
  'site.uploads.sending': [4.2e6, 30e6],
  'bot.file.tooLarge': ['https://media.example.org/add'],
  'site.queue.children': [{ ready: 3, failed: 1, total: 12 }],
  'bot.following.nextCheck': [ISO],
  'bot.following.waiting': [21],
  'bot.following.more': [21],
  'bot.live.since': [ISO],
  'site.live.since': [ISO],
  'site.marks.bar': [3],
  'bot.retention.facts': [120e6, ISO, 'Ada'],
  'bot.retention.question': [ISO],
  'bot.reports.heading': [21, 2],
  'bot.reports.more': [40],
  'bot.reports.children': [{ ready: 3, failed: 1, total: 12 }],
  'bot.doctor.more': [40],
  'bot.sharing.until': [ISO],
  'ops.portTaken': [8080, 'HTTP_PORT'],
  'ops.portForbidden': [80, 'HTTP_PORT'],
  'ops.doctor.disk': [120e9, 0.43],
  'ops.doctor.inodesFew': [21],
  'ops.doctor.diskSpeed': [120e6],
  'ops.doctor.diskUnwritable': ['/media', 'EROFS'],
  'ops.doctor.newestBackup': [ISO],
  'ops.doctor.certificateUntil': [ISO],
  'ops.doctor.certificateExpired': [ISO],
  'site.account.used': [ISO],
  'site.cookies.count': [21],
  'site.cookies.until': [ISO],
  'site.deliveries.next': [ISO],
  'bot.deliveries.next': [ISO],
  'site.account.usedBy': ['Ada', ISO],
  'site.notices.since': [ISO],
  'site.share.until': [ISO],
  'site.share.made': [ISO],
  'site.share.stopOf': [ISO],
  'site.guest.until': [ISO],
  'site.people.seen': [ISO],
  'site.library.timeLeft': [720],
  'site.following.nextCheck': [ISO],
  'site.following.waiting': [21],
  'site.following.lastNew': [ISO],
  'site.following.since': [ISO],
  'site.storage.used': [120e9, 200e9, 0.43],
  'site.storage.reserved': [120e6],
  'site.storage.expires': [ISO],
  'site.storage.goesOn': [ISO],
  'site.storage.asksOn': [ISO],
  'site.storage.items': [21],
  'site.storage.values.watchedDays': [30],
  'site.storage.values.unwatchedDays': [90],
  'site.storage.values.keepLast': [21],
  'site.collections.items': [21],
  'site.collections.deletedWith': [21],
  'site.collections.keepLast': [21],
  'site.trash.deletedAt': [ISO],
  'site.trash.daysLeft': [5],
  'site.trash.emptied': [21],
  'site.invite.people': [21],
  'site.limits.values.jobsPerDay': [21],
  'site.limits.values.storageBytes': [120e9],
  'site.limits.values.openJobs': [21],
  'site.invite.entry': ['A', 21],
  'site.invite.untilBy': [ISO, 'Ada'],
  'site.invite.revokeOf': [ISO],
};
/** Texts of a count or a quantity. */
const NUMERIC =
  /\.(percent|left|speed|tooManyLinks|goodFor|tooMany|signedOut|queueBadge|listeners|delay|days|codeLeft|speedOf|height|clockOff|faults)$|^api\.faults\./;
const BROKEN = /undefined|null|NaN|Invalid Date|\[object|[{}]| {2}/;

function rendered(key: string, text: unknown): [string, string][] {
  if (typeof text === 'string') return [[key, text]];
  if (typeof text === 'function') {
    const facts = key.startsWith('messages.')
      ? [FACTS]
      : (SAMPLES[key] ?? (NUMERIC.test(key) ? [21] : ['A', 'B', 'C']));
    return [[key, String((text as (...facts: readonly unknown[]) => unknown)(...facts))]];
  }
  if (typeof text !== 'object' || text === null) throw new TypeError(`${key} is no text`);
  return Object.entries(text).flatMap(([name, value]) => rendered(key === '' ? name : `${key}.${name}`, value));
}

/** Every text of a language with sample facts; problems have a test of their own. */
const all = ({ problems: _, ...texts }: Texts): [string, string][] => rendered('', { ...texts });

describe.each(languages)('the texts of %s', (language) => {
  const texts = textsOf(language);

  test('each text with sample facts: renders without gaps', () => {
    const broken = all(texts).filter(([, text]) => text.trim() === '' || BROKEN.test(text));
    expect(broken).toEqual([]);
  });

  test.each(problemTypes)('the problem %s: has a title and sentences, with facts and without', (code) => {
    const { title, sentence } = texts.problems[code];
    const limits: NonNullable<ProblemFacts['limit']>[] = [
      { kind: 'duration', seconds: 21_600 },
      { kind: 'size', bytes: 8e9 },
      { kind: 'picture', width: 4096, height: 2176 },
    ];
    const overLimits = limitNames.flatMap((which) =>
      [null, '2026-11-29T18:40:00.000Z'].map((freeAt) => ({ which, limit: 20, used: 21, freeAt })),
    );
    const sentences = [
      sentence({}),
      ...limits.map((limit) => sentence({ limit, host: 'example.com' })),
      ...overLimits.map((overLimit) => sentence({ overLimit })),
      ...[2, 21, 200].map((videos) => sentence({ videos, list: { title: 'A list', hasMore: true, one: 'first' } })),
    ];
    for (const text of [title, ...sentences]) expect(text.replace(/\{"url".*?\}/, '')).not.toMatch(BROKEN);
    expect(title).toMatch(/^\p{Lu}/u);
    if (code !== 'missing-url') for (const text of sentences) expect(text).toMatch(/[.]$/);
  });

  test('counts of 0, 1, 2, 5, 11, 21, 22, 25 and 101: are shown', () => {
    for (const count of [0, 1, 2, 5, 11, 21, 22, 25, 101]) {
      const { site, bot, messages } = texts;
      const shown = [
        site.queueBadge(count),
        site.share.days(count),
        site.radio.listeners(count),
        bot.tooManyLinks(count),
      ];
      for (const text of [...shown, messages['library-rebuilt-notice']({ count })]) {
        expect(text).toContain(String(count));
        expect(text).not.toMatch(BROKEN);
      }
    }
  });

  test('the texts of the bot: are within the limits of Telegram', () => {
    const { bot, messages } = texts;
    for (const command of [...Object.values(bot.commands), bot.language.command]) {
      expect(command.length).toBeGreaterThan(0);
      expect(command.length).toBeLessThanOrEqual(256);
    }
    for (const toast of Object.values(bot.note)) expect(toast.length).toBeLessThanOrEqual(200);
    const { watchNow, listenNow, watch, listen, cancel, retry, sharing, signIn, menuButton, typeName } = bot;
    const buttons = [watchNow, listenNow, watch, listen, cancel, retry, sharing.share, sharing.stop, signIn.button];
    // two in a row of a phone
    for (const button of [...buttons, menuButton, ...Object.values(typeName)])
      expect(button.length).toBeLessThanOrEqual(20);
    const greeting = [bot.greeting, ...bot.help, ...Object.values(bot.commands)].join('\n');
    expect(greeting.length).toBeLessThanOrEqual(4096);
    const sentences = rendered('messages', messages).map(([, text]) => text);
    for (const sentence of sentences) expect(sentence.length).toBeLessThanOrEqual(500);
  });

  test('the navigation of the site: fits into 320 pixels', () => {
    const { library, radio, queue, add } = texts.site.nav;
    for (const item of [library, radio, queue, add]) expect(item.length).toBeLessThanOrEqual(12);
  });

  test('long texts in another language: differ from English', () => {
    if (language === 'en') return;
    const english = new Map(all(textsOf('en')));
    const same = all(texts).filter(([key, text]) => text.length > 24 && english.get(key) === text);
    expect(same.map(([key]) => key)).toEqual(['ops.doctor.upgradeNginx']);
  });

  test('the files of the folder: are complete', async () => {
    const filesOf = (name: string): Promise<string[]> => readdir(path.join(import.meta.dirname, '../src', name));
    const english = new Set(await filesOf('en'));
    expect((await filesOf(language)).filter((name) => english.has(name))).toEqual([...english]);
  });
});

test('the folders of the package: are those of the languages, and the formats', async () => {
  const folders = await readdir(path.join(import.meta.dirname, '../src'), { withFileTypes: true });
  expect(folders.filter((entry) => entry.isDirectory()).map(({ name }) => name)).toEqual(
    [...languages, 'formats'].toSorted(),
  );
});
