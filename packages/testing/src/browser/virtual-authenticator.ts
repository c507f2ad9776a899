import type { Page } from 'playwright-core';

/** An authenticator of Chromium that answers by itself, as a phone with a fingerprint does. */
export interface VirtualAuthenticator {
  /** Recognises its user from now on, or does not. */
  setUserVerified(isUserVerified: boolean): Promise<void>;
  countPasskeys(): Promise<number>;
}

/** Gives a page an authenticator (CDP, domain WebAuthn). It ends with the page. */
export async function addVirtualAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    async setUserVerified(isUserVerified) {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    async countPasskeys() {
      return (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length;
    },
  };
}
