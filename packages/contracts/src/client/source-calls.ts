import type { CookieUpload } from '../profiles/cookies.ts';
import type { ProfilesChange } from '../profiles/profile.ts';
import type { CallEndpoint } from './transport.ts';

/** The calls about the ways to the sources. */
export function createSourceCalls(call: CallEndpoint) {
  return {
    getProfiles: () => call('getProfiles', {}),
    listCookies: () => call('listCookies', {}),
    putCookies: (upload: CookieUpload) => call('putCookies', { body: upload }),
    removeCookies: (id: string) => call('removeCookies', { id }),
    replaceProfiles: (change: ProfilesChange) => call('replaceProfiles', { body: change }),
  };
}
