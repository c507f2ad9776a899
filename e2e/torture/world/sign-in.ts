import type { ApiClient } from '@linkcast/contracts';

/** Signs a browser in with a code that the owner makes. @returns its cookie @throws when that is refused. */
export async function signIn(siteUrl: string, api: ApiClient): Promise<string> {
  const { code } = await api.createSignInCode();
  const answer = await fetch(`${siteUrl}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: siteUrl },
    body: JSON.stringify({ code }),
  });
  if (!answer.ok) throw new Error(`signing in was answered ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');
}
