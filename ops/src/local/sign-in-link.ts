import { ApiUnavailable, createApiClient, Problem } from '@linkcast/contracts';

export interface SignInLinkOptions {
  readonly ytAppUrl: string;
  readonly apiToken: string | undefined;
  /** Public root of the site. */
  readonly siteUrl: string;
}

const LIFETIME_SECONDS = 86_400;

/** A link that signs the owner in, once, within a day; undefined when yt-app gives none now. */
export async function signInLink({ ytAppUrl, apiToken, siteUrl }: SignInLinkOptions): Promise<string | undefined> {
  if (apiToken === undefined) return undefined;
  try {
    const client = createApiClient({ baseUrl: ytAppUrl, token: apiToken });
    const { path } = await client.createSignInCode({ lifetimeSeconds: LIFETIME_SECONDS });
    return `${siteUrl}${path}`;
  } catch (error) {
    if (error instanceof ApiUnavailable || error instanceof Problem) return undefined;
    throw error;
  }
}
