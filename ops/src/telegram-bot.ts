/** Telegram's answer about a token. */
export type TokenState =
  | { readonly kind: 'works'; readonly username: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreachable' };

const TIMEOUT_MS = 8000;

/** Asks Telegram whose token it is (`getMe`). Never throws: an error's text would hold the address, and so the token. */
export async function askForBot(apiRoot: string, token: string): Promise<TokenState> {
  try {
    const response = await fetch(`${apiRoot.replace(/\/+$/, '')}/bot${token}/getMe`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    });
    const body = (await response.json()) as { ok?: boolean; result?: { username?: unknown } }; // checked below
    if (body.ok === true && typeof body.result?.username === 'string')
      return { kind: 'works', username: body.result.username };
    return response.status === 401 || response.status === 404 ? { kind: 'refused' } : { kind: 'unreachable' };
  } catch {
    return { kind: 'unreachable' };
  }
}
