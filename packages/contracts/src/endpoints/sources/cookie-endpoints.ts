import { CookieJar, CookieJars, CookieUpload, MOST_COOKIE_CHARACTERS } from '../../profiles/cookies.ts';
import type { Endpoint } from '../endpoint.ts';
import { recordParams } from '../path-parameters.ts';

/** The cookies by which sites know a person who has an account there. */
export const cookieEndpoints = {
  listCookies: {
    method: 'get',
    path: '/api/cookies',
    right: 'add',
    forPeople: true,
    summary: 'The sites of which there are cookies: of the caller, and for owners of the installation',
    success: 200,
    answer: CookieJars,
    problems: [],
  },
  putCookies: {
    method: 'post',
    path: '/api/cookies',
    right: 'add',
    forPeople: true,
    inPerson: true,
    summary:
      'Give cookies of a site; they replace those that the same caller has given for it. Nobody can read them again',
    body: CookieUpload,
    bodyBytes: 4 * MOST_COOKIE_CHARACTERS,
    success: 201,
    answer: CookieJar,
    problems: ['cookies-refused', 'forbidden'],
  },
  removeCookies: {
    method: 'delete',
    path: '/api/cookies/:id',
    right: 'add',
    forPeople: true,
    summary: 'Delete cookies',
    params: recordParams,
    success: 204,
    problems: ['not-found'],
  },
} as const satisfies Record<string, Endpoint>;
