import request, { type Response } from 'supertest';
import type { ApiFixture } from './api-fixture.ts';

type Method = 'get' | 'head' | 'post' | 'patch' | 'delete';

/** A browser on a page of the site: it keeps the cookie, and says where its requests come from. */
export interface Browser {
  /** What it holds: `name=value`; undefined before signing in, and after signing out. */
  cookie: string | undefined;
  ask(method: Method, path: string, body?: object, headers?: Record<string, string>): Promise<Response>;
  /** Signs in with a new code for this person. */
  signIn(holder?: Partial<CodeFor>): Promise<Response>;
}

interface CodeFor {
  readonly role: 'owner' | 'member';
  readonly telegramId: number | null;
  readonly name: string | null;
}

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

export function openBrowser(api: ApiFixture, scheme: 'http' | 'https' = 'http'): Browser {
  const browser: Browser = {
    cookie: undefined,
    async ask(method, path, body, headers = {}) {
      const call = request(api.server)
        [method](path)
        .set({
          host: 'home.test',
          origin: `${scheme}://home.test`,
          'x-forwarded-proto': scheme,
          'user-agent': FIREFOX,
          ...(browser.cookie === undefined ? {} : { cookie: browser.cookie }),
          ...headers,
        });
      const answer = await (body === undefined ? call : call.send(body));
      const [setCookie] = answer.get('set-cookie') ?? [];
      if (setCookie !== undefined) browser.cookie = held(setCookie);
      return answer;
    },
    signIn({ role = 'owner', telegramId = null, name = null } = {}) {
      const { code } = api.access.codes.create({ role, telegramId, name }, 900);
      return browser.ask('post', '/api/session', { code });
    },
  };
  return browser;
}

function held(setCookie: string): string | undefined {
  return setCookie.includes('Max-Age=0') ? undefined : setCookie.split(';', 1).join('');
}
