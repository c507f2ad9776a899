import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { paths, Problem } from '@linkcast/contracts';
import { languageNames, languages, problemWords, textsOf, type Language, type SiteTexts } from '@linkcast/texts';
import { aFollowedList } from '../support/canned-following.ts';
import {
  aCaller,
  aJob,
  aMedia,
  anInvitation,
  aPasskey,
  aPerson,
  aPersonalKey,
  aSession,
  aShare,
  aStation,
  aTrack,
  mediaId,
} from '../support/canned.ts';
import { aDelivery, aTarget } from '../support/sources/canned-deliveries.ts';
import { eventually, visitSite, type SiteVisit } from '../support/site-visit.ts';

/** The width of the narrowest phones in use, in CSS pixels. */
const WIDTH = 320;
const LOCALES = { en: 'en-GB', es: 'es-MX', ru: 'ru-RU' } as const satisfies Record<Language, string>;
const TOKEN = 'a'.repeat(22);
const USED_AT = '2026-02-01T00:00:00.000Z';

const film = aMedia({ id: mediaId('film'), title: 'A film' });
const song = aMedia({ id: mediaId('song'), title: 'A song', type: 'audio' });
const problem = new Problem('source-private').toDocument(problemWords({ code: 'source-private' }));
const track = aTrack({ mediaId: song.id });

/** Fills the canned API: items, jobs in each group of the queue, a playing station, two devices. */
function fill(state: SiteVisit['server']['state']): void {
  state.media = [film, song];
  state.jobs = [
    aJob({ id: 'a', title: 'Arriving' }),
    aJob({ id: 'q', title: 'Waiting', state: 'queued' }),
    aJob({ id: 'f', title: 'Refused', state: 'failed', problem }),
    aJob({ id: 'r', title: 'Ready', state: 'ready', playable: true, mediaId: film.id, links: film.links }),
  ];
  state.station = aStation({ now: track, next: [{ ...track, requested: true }], history: [track], listeners: 2 });
  state.sessions = [aSession({ id: '1', isCurrent: true }), aSession({ id: '2', personId: 'grace', name: 'Grace' })];
  state.caller = aCaller({ role: 'owner', name: 'Ada' });
  state.people = [
    aPerson({ id: 'ada', name: 'Ada', role: 'owner', telegramId: 7 }),
    aPerson({ id: 'console', name: null, role: 'owner', isConsole: true }),
    aPerson({ id: 'grace', name: 'Grace', seenAt: null }),
  ];
  state.keys = [aPersonalKey({ id: 'k', usedAt: USED_AT })];
  state.passkeys = [aPasskey({ id: 'p', usedAt: USED_AT })];
  state.invitations.clear();
  state.invitations.set('some-code', anInvitation({ id: 'i', usesLeft: 5 }));
  state.positions.clear();
  state.shares.clear();
  state.segments.clear();
}

let visit: SiteVisit;
let page: Page | undefined;
visitSite((fresh) => {
  visit = fresh;
  fill(fresh.server.state);
});
afterEach(() => page?.close());

async function openIn(language: Language, path: string): Promise<Page> {
  page = await visit.openOther({ locale: LOCALES[language], viewport: { width: WIDTH, height: 640 } });
  await page.goto(visit.server.url + path);
  return page;
}

/** Runs in the page. @returns its language and width, and its controls that are cut or stand out of it. */
function layoutOf(width: number) {
  const isWrong = (control: Element) => {
    const { left, right } = control.getBoundingClientRect();
    const isCut = !control.matches('select, input') && control.scrollWidth > control.clientWidth;
    return isCut || left < 0 || right > width;
  };
  const controls = [...document.querySelectorAll('button, select, input, .button, nav a, .tag, summary')];
  return {
    language: document.documentElement.lang,
    width: document.documentElement.scrollWidth,
    wrong: controls.filter(isWrong).map(({ className, textContent }) => `${className}: ${textContent}`),
  };
}

interface View {
  readonly path: string;
  /** Waits until the page shows what is tested, and opens its dialog. */
  readonly reach: (shown: Page, site: SiteTexts['site']) => Promise<void>;
  /** Changes the canned API before the page opens. */
  readonly prepare?: () => void;
}

const heading = (name: (site: SiteTexts['site']) => string) => (shown: Page, site: SiteTexts['site']) =>
  shown
    .getByRole('heading', { name: name(site), exact: true })
    .first()
    .waitFor();
const press = async (shown: Page, name: string) => shown.getByRole('button', { name, exact: true }).first().click();

const views: Record<string, View> = {
  library: { path: '/', reach: heading(() => film.title) },
  'library with an item that was begun': {
    path: '/',
    prepare: () => {
      const position = { seconds: 11, isWatched: false, updatedAt: '2026-11-20T10:00:00.000Z' };
      visit.server.state.positions.set('ada', new Map([[film.id, position]]));
    },
    reach: heading(({ library }) => library.continue),
  },
  'empty library': {
    path: '/',
    prepare: () => {
      visit.server.state.media = [];
      visit.server.state.jobs = [];
    },
    reach: heading(({ library }) => library.empty),
  },
  'followed lists': {
    path: paths.following,
    prepare: () => {
      const title = 'A channel with a long name '.repeat(4);
      visit.server.state.following = [aFollowedList({ id: 'a', title, problem, failingSince: USED_AT, waiting: 5 })];
    },
    reach: async (shown, site) => {
      await shown.getByText(site.following.waiting(5)).waitFor();
      await shown.locator('summary').click();
    },
  },
  'video page': {
    path: film.links.page,
    reach: async (shown, site) => {
      await shown.getByLabel(site.player.quality).waitFor();
      await shown.locator('summary').click();
    },
  },
  'page of an arriving video': {
    path: film.links.page,
    prepare: () => {
      visit.server.state.media = [{ ...film, state: 'playable', jobId: 'a' }];
      visit.server.state.segments.set(film.id, 3);
    },
    reach: async (shown, site) => {
      await shown.getByLabel(site.player.quality).waitFor();
      await shown.getByText(site.player.watchable('0:06', '0:16')).waitFor();
    },
  },
  'audio page': { path: song.links.page, reach: (shown, site) => shown.getByText(site.item.mp3).first().waitFor() },
  'menu of an item': {
    path: film.links.page,
    reach: async (shown, site) => {
      await press(shown, site.library.actions(film.title));
      await shown.getByRole('dialog').waitFor();
    },
  },
  'question before deleting': {
    path: film.links.page,
    reach: async (shown, site) => {
      await press(shown, site.library.actions(film.title));
      await press(shown, site.item.delete);
      await shown.getByText(site.item.deleteHeading).waitFor();
    },
  },
  'share dialog': {
    path: film.links.page,
    reach: async (shown, site) => {
      await press(shown, site.share.share);
      await press(shown, site.share.make);
      await shown.getByText(site.share.list).waitFor();
    },
  },
  'add page': { path: '/add', reach: heading(({ add }) => add.heading) },
  'sent job': { path: '/add?job=r', reach: (shown, site) => shown.getByText(site.add.watchNow).waitFor() },
  queue: { path: '/queue', reach: heading(() => 'Refused') },
  radio: { path: '/radio', reach: heading(({ radio }) => radio.history) },
  settings: {
    path: '/settings',
    reach: async (shown, site) => {
      await shown.getByText(site.passkeys.used(USED_AT), { exact: true }).waitFor();
      await shown.getByText(site.keys.used(site.keys.scopes.add, USED_AT)).waitFor();
      await shown.getByText(site.health.version('0.1.0')).waitFor();
      await press(shown, site.account.makeCode);
      await shown.getByText(site.account.copyCode).waitFor();
      await shown.getByRole('button', { name: site.account.signOutOf('Firefox on Android') }).waitFor();
    },
  },
  'invitation of a person': { path: '/join#some-code', reach: heading(({ join }) => join.signedInHeading) },
  people: { path: '/people', reach: heading(({ invite }) => invite.list) },
  'menu of a person': {
    path: '/people',
    reach: async (shown, site) => {
      await press(shown, site.people.actions('Grace'));
      await shown.getByRole('dialog').waitFor();
    },
  },
  'question before removing a person': {
    path: '/people',
    reach: async (shown, site) => {
      await press(shown, site.people.actions('Grace'));
      await press(shown, site.people.remove);
      await shown.getByText(site.people.removeHint).waitFor();
    },
  },
  'invite dialog': {
    path: '/people',
    reach: async (shown, site) => {
      await press(shown, site.invite.invite);
      await press(shown, site.invite.make);
      await shown.getByRole('img', { name: site.invite.qrLabel }).waitFor();
    },
  },
  'new API key': {
    path: '/settings',
    reach: async (shown, site) => {
      await press(shown, site.keys.make);
      await shown.getByRole('dialog').getByRole('textbox', { name: site.keys.name }).fill('Shortcut');
      await shown.getByRole('dialog').getByRole('button', { name: site.keys.make }).click();
      await shown.getByLabel(site.keys.key, { exact: true }).waitFor();
    },
  },
  'deliveries, with a server whose key has changed': {
    path: '/settings',
    prepare: () => {
      const changedKey = new Problem('delivery-host-key').toDocument();
      const place = `films/Somebody/${'A long title '.repeat(9)}(2026) [${film.id}]`;
      const { state } = visit.server;
      state.targets = [
        aTarget({ name: 'The box beside the television', host: 'box-beside-the-television.home.example' }),
      ];
      state.deliveries = [
        aDelivery({ state: 'failed', problem: changedKey }),
        aDelivery({ id: 'two', state: 'delivered', path: place }),
      ];
      state.check = { pin: `SHA256:${'A'.repeat(43)}`, problem: changedKey };
    },
    reach: async (shown, site) => {
      const [target] = visit.server.state.targets;
      await press(shown, site.deliveries.testOf(target?.name ?? ''));
      await shown.getByText(site.deliveries.shownKey).waitFor();
    },
  },
  'form of an API key': {
    path: '/settings',
    reach: async (shown, site) => {
      await press(shown, site.keys.make);
      await shown.getByText(site.keys.scopeHints.manage).waitFor();
    },
  },
  'question before revoking a passkey': {
    path: '/settings',
    reach: async (shown, site) => {
      await press(shown, site.passkeys.revokeOf('Chrome on Android'));
      await shown.getByText(site.passkeys.revokeHint).waitFor();
    },
  },
  'passkeys of a person': {
    path: '/people',
    reach: async (shown, site) => {
      await press(shown, site.people.actions('Grace'));
      await press(shown, site.passkeys.heading);
      await shown.getByRole('button', { name: site.passkeys.revokeOf('Chrome on Android') }).waitFor();
    },
  },
  'question before signing out everywhere': {
    path: '/settings',
    reach: async (shown, site) => {
      await press(shown, site.account.everywhere);
      await shown.getByText(site.account.everywhereHint).waitFor();
    },
  },
  'invitation of a stranger': {
    path: '/join#some-code',
    prepare: () => (visit.server.state.caller = aCaller({ role: 'nobody' })),
    reach: heading(({ join }) => join.heading),
  },
  'sign-in page': {
    path: '/sign-in',
    prepare: () => (visit.server.state.caller = aCaller({ role: 'nobody' })),
    reach: heading(({ signIn }) => signIn.heading),
  },
  'library of a visitor': {
    path: '/',
    prepare: () => (visit.server.state.caller = aCaller({ role: 'visitor' })),
    reach: heading(() => film.title),
  },
  'shared video': {
    path: `/s/${TOKEN}/`,
    prepare: () => visit.server.state.shares.set(TOKEN, aShare({ id: TOKEN, mediaId: film.id })),
    reach: (shown, site) => shown.getByLabel(site.player.quality).waitFor(),
  },
  'shared radio': {
    path: `/s/${TOKEN}/`,
    prepare: () => visit.server.state.shares.set(TOKEN, aShare({ id: TOKEN, mediaId: null })),
    reach: (shown, site) => shown.getByRole('button', { name: site.radio.play }).first().waitFor(),
  },
  'expired share': { path: `/s/${TOKEN}/`, reach: heading(({ guest }) => guest.endedHeading) },
  'unknown address': { path: '/nothing', reach: heading(({ notFound }) => notFound.heading) },
};

test.each(languages)(
  `every page ${WIDTH} pixels wide in the language %s: fits, and no control is cut`,
  async (language) => {
    const { site } = textsOf(language);
    const shown = await openIn(language, '/');
    const layouts: Record<string, unknown> = {};
    for (const [name, { path, prepare, reach }] of Object.entries(views)) {
      fill(visit.server.state);
      prepare?.();
      await shown.goto(visit.server.url + path);
      await reach(shown, site);
      layouts[name] = await shown.evaluate(layoutOf, WIDTH);
    }
    const fits = { language, width: WIDTH, wrong: [] };
    expect(layouts).toEqual(Object.fromEntries(Object.keys(views).map((name) => [name, fits])));
  },
  180_000,
);

test('a page: loads the texts of one language only', async () => {
  const shown = await openIn('es', '/');
  await shown.getByRole('heading', { name: film.title }).waitFor();
  expect(visit.server.calls.filter((call) => call.includes('site-bundle'))).toHaveLength(1);
});

test('a language chosen in the settings: is used by the page and the API calls, also at the next visit', async () => {
  const { site } = textsOf('en');
  const shown = await openIn('en', '/settings');
  await shown.getByLabel(site.account.language).selectOption(languageNames.ru);
  await shown.getByRole('link', { name: textsOf('ru').site.nav.queue }).waitFor();
  await eventually(() => visit.server.state.languages.get('listMedia')).toBe('ru');
  await shown.goto(`${visit.server.url}/radio`);
  await shown.getByRole('heading', { name: textsOf('ru').site.radio.history }).waitFor();
});

test('a language chosen on the sign-in page: is used by the page', async () => {
  visit.server.state.caller = aCaller({ role: 'nobody' });
  const shown = await openIn('ru', '/sign-in');
  await shown.getByLabel(textsOf('ru').site.account.language).selectOption(languageNames.es);
  await shown.getByRole('heading', { name: textsOf('es').site.signIn.heading }).waitFor();
});

test('a language chosen while signed in: is stored for the person, and used on a device without a choice', async () => {
  const shown = await openIn('en', '/settings');
  await shown.getByLabel(textsOf('en').site.account.language).selectOption(languageNames.ru);
  await shown.getByRole('link', { name: textsOf('ru').site.nav.queue }).waitFor();
  expect(visit.server.state.people[0]?.language).toBe('ru');

  const television = await visit.openOther({ locale: LOCALES.es });
  await television.goto(visit.server.url);
  await television.getByRole('link', { name: textsOf('ru').site.nav.queue }).waitFor();
  const reads = () => visit.server.calls.filter((call) => call === 'GET /api/me').length;
  const before = reads();
  await television.reload();
  await television.getByRole('link', { name: textsOf('ru').site.nav.queue }).waitFor();
  expect(reads()).toBe(before); // the browser has the choice now
  await television.close();
});

test('a browser with a choice of its own: keeps it, whatever the person chose on another device', async () => {
  visit.server.state.people = [aPerson({ id: 'ada', language: 'ru' })];
  page = await visit.openOther({ locale: LOCALES.en });
  await page.addInitScript('localStorage.setItem("linkcast.language", "es")');
  await page.goto(visit.server.url);
  await page.getByRole('heading', { name: film.title }).waitFor();
  await page.getByRole('link', { name: textsOf('es').site.nav.queue }).waitFor();
  expect(visit.server.calls).not.toContain('GET /api/me');
});

test('a browser that refuses storage: stays in its language, and does not load the page again', async () => {
  visit.server.state.people = [aPerson({ id: 'ada', language: 'ru' })];
  page = await visit.openOther({ locale: LOCALES.es });
  await page.addInitScript('Object.defineProperty(window, "localStorage", { get() { throw new Error("refused") } })');
  await page.goto(visit.server.url);
  await page.getByRole('link', { name: textsOf('es').site.nav.queue }).waitFor();
  await eventually(() => visit.server.calls.filter((call) => call === 'GET /api/me').length).toBe(1);
  expect(visit.server.calls.filter((call) => call === 'GET /')).toHaveLength(1);
});

test.each(languages)(
  'the navigation in %s on the narrowest phone: each label is one line within its cell',
  async (language) => {
    const shown = await openIn(language, '/');
    await views['library']?.reach(shown, textsOf(language).site);
    const links = shown.locator('nav a');
    expect(await links.count()).toBeGreaterThanOrEqual(4);
    const labels = await links.evaluateAll((cells) =>
      cells.map((cell) => {
        const label = [...cell.childNodes].at(-1);
        const range = document.createRange();
        range.selectNodeContents(label ?? cell);
        const cellWidth = cell.getBoundingClientRect().width;
        return { lines: range.getClientRects().length, isWithin: range.getBoundingClientRect().width <= cellWidth };
      }),
    );
    expect(new Set(labels.map((label) => JSON.stringify(label)))).toEqual(new Set(['{"lines":1,"isWithin":true}']));
  },
);
