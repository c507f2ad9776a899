import {
  CookieUpload,
  ProfilesChange,
  type CookieJar,
  type EndpointName,
  type ProfilesAnswer,
} from '@linkcast/contracts';
import { ok, refused, type Route } from '../canned-reply.ts';

/** Creates the routes of the profiles of the canned API. A text with `fault` in it is refused. */
export function createCannedProfiles(state: { profiles: ProfilesAnswer }) {
  return {
    getProfiles: () => ok(state.profiles),
    replaceProfiles: ({ body }) => {
      const { text } = ProfilesChange.parse(body);
      if (text.includes('fault')) {
        const { status, json } = refused('invalid-request');
        return { status, json: { ...(json as object), faults: [{ field: 'line 2, profiles', fault: 'is unknown' }] } };
      }
      state.profiles = { text, hosts: [{ hosts: ['site.example'], ways: ['direct', 'home'] }], faults: [] };
      return ok(state.profiles);
    },
  } satisfies Partial<Record<EndpointName, Route>>;
}

/** Creates the routes of the cookies of the canned API. A text with `fault` in it is refused. */
export function createCannedCookies(state: { cookies: CookieJar[] }) {
  return {
    listCookies: () => ok({ cookies: state.cookies }),
    putCookies: ({ body }) => {
      const { text, site = 'site.example', use } = CookieUpload.parse(body);
      if (text.includes('fault')) return refused('cookies-refused', { cookies: 'other-site' });
      const jar = aCookieJar({ id: 'jar', site, use });
      state.cookies = [...state.cookies, jar];
      return { status: 201, json: jar };
    },
    removeCookies: ({ id }) => {
      state.cookies = state.cookies.filter((jar) => jar.id !== id);
      return { status: 204 };
    },
  } satisfies Partial<Record<EndpointName, Route>>;
}

export function aCookieJar(fields: Partial<CookieJar> & { id: string }): CookieJar {
  const changedAt = '2026-11-20T10:00:00.000Z';
  return { ...{ site: 'site.example', use: 'mine', count: 3, expiresAt: null, state: 'valid', changedAt }, ...fields };
}
