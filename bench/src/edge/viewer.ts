import type { YtAppProcess } from '@linkcast/testing';
import type { EdgeProcess } from './edge-process.ts';

/** Signs in as a person does, and gives the cookie. */
export async function signIn(edge: EdgeProcess, ytApp: YtAppProcess): Promise<string> {
  const { code } = await ytApp.api.createSignInCode();
  const response = await fetch(`${edge.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: edge.url },
    body: JSON.stringify({ code }),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error(`signing in was answered ${response.status} without a cookie`);
  return cookie;
}
