import type { ApiClient, Passkey } from '@linkcast/contracts';
import { askForNewPasskey } from '../passkeys/passkey-prompt.ts';

type PasskeyApi = Pick<
  ApiClient,
  'beginPasskey' | 'createPasskey' | 'listPasskeys' | 'patchPasskey' | 'revokePasskey' | 'listPasskeysOfPerson'
>;

/** API calls about passkeys; the pages keep their results themselves. */
export function createPasskeyCalls(api: PasskeyApi) {
  return {
    /** Makes a passkey in this browser. @throws what the API client throws, and {@link PasskeyPromptEnded} */
    add: async (): Promise<Passkey> => api.createPasskey(await askForNewPasskey(await api.beginPasskey())),
    list: api.listPasskeys,
    rename: api.patchPasskey,
    revoke: api.revokePasskey,
    listOf: api.listPasskeysOfPerson,
  };
}
