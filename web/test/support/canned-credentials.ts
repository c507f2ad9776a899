import { PasskeyPatch, PersonalKeyRequest, type Passkey, type PersonalKey } from '@linkcast/contracts';
import { aPersonalKey } from './canned.ts';
import { ok, refused, type Route } from './canned-reply.ts';

interface CredentialState {
  keys: PersonalKey[];
  passkeys: Passkey[];
}

/** Creates the routes of personal keys and passkeys of the canned API. Authenticators are in the tests of a real API. */
export function createCannedCredentials(state: CredentialState) {
  const listPasskeys: Route = () => ok({ passkeys: state.passkeys });
  return {
    listKeys: () => ok({ keys: state.keys }),
    createKey: ({ body }) => {
      const { name, scopes } = PersonalKeyRequest.parse(body);
      const made = aPersonalKey({ id: `key${state.keys.length}`, name, scopes });
      state.keys = [made, ...state.keys];
      return { status: 201, json: { ...made, key: `lck_${'k'.repeat(43)}` } };
    },
    revokeKey: ({ id }) => {
      state.keys = state.keys.filter((key) => key.id !== id);
      return { status: 204 };
    },
    listPasskeys,
    listPasskeysOfPerson: listPasskeys,
    patchPasskey: ({ id, body }) => {
      const { name } = PasskeyPatch.parse(body);
      state.passkeys = state.passkeys.map((passkey) => (passkey.id === id ? { ...passkey, name } : passkey));
      const renamed = state.passkeys.find((passkey) => passkey.id === id);
      return renamed ? ok(renamed) : refused('not-found');
    },
    revokePasskey: ({ id }) => {
      state.passkeys = state.passkeys.filter((passkey) => passkey.id !== id);
      return { status: 204 };
    },
  } as const satisfies Record<string, Route>;
}
