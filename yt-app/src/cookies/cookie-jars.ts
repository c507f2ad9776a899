import {
  CookieSite,
  Problem,
  type CookieFault,
  type CookieJar,
  type CookieUse,
  type WorkCookies,
} from '@linkcast/contracts';
import { createSealer, type Sealer } from '@linkcast/kit';
import { randomId } from '../random-id.ts';
import { cookiesOf, writeCookies, type SiteCookies } from './cookie-file.ts';
import type { CookieRecord, CookieStore } from './cookie-store.ts';
import { jarOf, jarView } from './cookie-view.ts';

/** A person who gives or sees cookies. */
export interface CookiePerson {
  readonly id: string;
  readonly isOwner: boolean;
}

/** The cookies of sites, of the installation and of people. What is in them leaves this module for the run of a job only. */
export interface CookieJars {
  /** Those of the person, and for owners those of the installation. */
  list(person: CookiePerson): Promise<CookieJar[]>;
  /** Those of the installation. */
  ofInstallation(): Promise<CookieJar[]>;
  /** Checks and stores cookies. @throws {Problem} cookies-refused, forbidden. */
  put(upload: { text: string; site?: string | undefined; use: CookieUse }, person: CookiePerson): Promise<CookieJar>;
  /** @throws {Problem} not-found */
  remove(id: string, person: CookiePerson): Promise<void>;
  /** The cookies for a job of a host: those of its person, else those of the installation; undefined: there are none that last. */
  forJob(job: CookieJob): Promise<WorkCookies | undefined>;
  /** Takes what the downloader has made of the cookies of a job. What is of another site, or unreadable, changes nothing. */
  takeBack(job: CookieJob, changed: WorkCookies): Promise<void>;
  removeOf(personId: string): Promise<void>;
}

/** The parts of a job that decide about its cookies. */
export interface CookieJob {
  readonly host: string;
  readonly personId: string | null;
}

export interface CookieJarsOptions {
  readonly store: CookieStore;
  /** COOKIE_KEY. */
  readonly key: string;
  readonly clock?: () => number;
}

const PURPOSE = 'linkcast cookies';

export function createCookieJars({ store, key, clock = Date.now }: CookieJarsOptions): CookieJars {
  const sealer = createSealer(key, PURPOSE);
  const find = async (job: CookieJob): Promise<CookieRecord | undefined> => jarOf(await store.list(), job, clock());
  const visible = ({ personId }: CookieRecord, person: CookiePerson): boolean =>
    personId === person.id || (personId === '' && person.isOwner);

  return {
    async list(person) {
      const records = (await store.list()).filter((record) => visible(record, person));
      return records.map((record) => jarView(record, clock()));
    },
    async ofInstallation() {
      const records = (await store.list()).filter(({ personId }) => personId === '');
      return records.map((record) => jarView(record, clock()));
    },
    async put({ text, site, use }, { id: personId, isOwner }) {
      if (use === 'everyone' && !isOwner) throw new Problem('forbidden');
      const found = chosen(text, site, clock());
      const owner = use === 'everyone' ? '' : personId;
      const base = { id: randomId(), site: found.site, personId: owner, changedAt: clock(), version: 1 };
      const record = { ...base, ...contentOf(found, sealer, base.id) };
      await store.put(record);
      return jarView(record, clock());
    },
    async remove(id, person) {
      const record = await store.get(id);
      if (!record || !visible(record, person)) throw new Problem('not-found');
      await store.remove(id);
    },
    async forJob(job) {
      const record = await find(job);
      if (!record) return undefined;
      const text = sealer.open(record.sealed, record.id);
      return text === undefined ? undefined : { jar: record.id, text, version: record.version };
    },
    async takeBack(job, { jar, text, version }) {
      const record = await find(job);
      if (record?.id !== jar) return; // others count for the job meanwhile
      const found = cookiesOf(text, record.site, clock());
      if (typeof found === 'string' || writeCookies(found.cookies) === sealer.open(record.sealed, record.id)) return;
      await store.refresh(record.id, version, contentOf(found, sealer, record.id));
    },
    removeOf: (personId) => store.removeOf(personId),
  };
}

function contentOf({ cookies, expiresAt }: SiteCookies, sealer: Sealer, id: string) {
  return { sealed: sealer.seal(writeCookies(cookies), id), count: cookies.length, expiresAt };
}

/** @throws {Problem} cookies-refused */
function chosen(text: string, site: string | undefined, nowMs: number): SiteCookies {
  const name = site === undefined || site.trim() === '' ? undefined : siteOf(site);
  const found: SiteCookies | CookieFault = cookiesOf(text, name, nowMs);
  if (typeof found === 'string') throw new Problem('cookies-refused', { cookies: found });
  return found;
}

/** The site that a person has named: a host, or a link to it. */
function siteOf(text: string): string {
  const host = URL.parse(/^https?:/i.test(text) ? text : `https://${text.trim()}`)?.hostname.replace(/^www\./, '');
  const site = CookieSite.safeParse(host);
  if (!site.success) throw new Problem('cookies-refused', { cookies: 'other-site' });
  return site.data;
}
