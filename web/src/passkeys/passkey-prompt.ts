import type { NewPasskey, PasskeyAssertion, PasskeyCreation, PasskeyRequest } from '@linkcast/contracts';

/** A reason for which the browser gave no answer. `known`: the device has a passkey of the person already. */
export type PromptEnd = 'cancelled' | 'known' | 'failed';

/** The browser asked, and got no passkey. */
export class PasskeyPromptEnded extends Error {
  override readonly name = 'PasskeyPromptEnded';
  readonly reason: PromptEnd;

  constructor(reason: PromptEnd, cause: unknown) {
    super(`no passkey: ${reason}`, { cause });
    this.reason = reason;
  }
}

/** Asks the authenticator for a new passkey. @throws {PasskeyPromptEnded} */
export async function askForNewPasskey({ challengeId, options }: PasskeyCreation): Promise<NewPasskey> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const { id, response } = await answered(startRegistration({ optionsJSON: options }));
  const { clientDataJSON, attestationObject, transports = [] } = response;
  return { challengeId, credentialId: id, clientDataJSON, attestationObject, transports };
}

/** Asks the authenticator to sign in. @throws {PasskeyPromptEnded} */
export async function askForPasskey({ challengeId, options }: PasskeyRequest): Promise<PasskeyAssertion> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const { id, response } = await answered(startAuthentication({ optionsJSON: options }));
  const { clientDataJSON, authenticatorData, signature, userHandle = '' } = response;
  return { challengeId, credentialId: id, clientDataJSON, authenticatorData, signature, userHandle };
}

async function answered<T>(prompt: Promise<T>): Promise<T> {
  try {
    return await prompt;
  } catch (error) {
    throw new PasskeyPromptEnded(promptEndOf(error), error);
  }
}

/** The names of WebAuthn's errors. `NotAllowedError` also means that nothing fits, or that the user was not recognised. */
function promptEndOf(error: unknown): PromptEnd {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled';
  return name === 'InvalidStateError' ? 'known' : 'failed';
}
