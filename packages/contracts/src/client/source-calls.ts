import type { ProfilesChange } from '../profiles/profile.ts';
import type { CallEndpoint } from './transport.ts';

/** The calls about the ways to the sources. */
export function createSourceCalls(call: CallEndpoint) {
  return {
    getProfiles: () => call('getProfiles', {}),
    replaceProfiles: (change: ProfilesChange) => call('replaceProfiles', { body: change }),
  };
}
