import { sessionCookies, type Endpoint } from '@linkcast/contracts';

/** The ways to authenticate, as OpenAPI names them. */
export const securitySchemes = {
  token: { type: 'http', scheme: 'bearer', description: "The owner's API token: may do everything described here." },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookies.https,
    description: `Of a browser that has signed in; \`${sessionCookies.http}\` over plain HTTP. Calls that change something must come from the same origin.`,
  },
  share: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: '`Share <token>`, of a share link: for the one item that was shared.',
  },
} as const;

/** The ways to authenticate for a call, each with the right that it needs. With ACCESS=public the right `watch` needs none of them. */
export function securityOf({ right, forGuests, bySession }: Endpoint): Record<string, string[]>[] {
  if (right === 'none') return [];
  const session = { session: [right] };
  if (bySession) return [session];
  return [{ token: [] }, session, ...(forGuests ? [{ share: [right] }] : [])];
}
