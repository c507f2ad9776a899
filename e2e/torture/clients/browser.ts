import type { World } from '../world/world.ts';

/** The browser of one person, signed in. */
export interface Browser {
  /** Requests a file, or a range of it. @returns undefined when the edge does not answer in time, or nobody can sign in now. */
  get(url: string, range?: string): Promise<Answer | undefined>;
}

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

const LIMIT_MS = 5000;
const SIGNED_OUT = 401;

/** A session that is over, as after the loss of the database, is replaced by a new one. */
export function createBrowser({ signIn }: Pick<World, 'signIn'>, signal: AbortSignal): Browser {
  let cookie: string | undefined;
  const request = async (url: string, range: string | undefined): Promise<Answer | undefined> => {
    cookie ??= await signIn();
    const answer = await fetch(url, {
      headers: { cookie, ...(range === undefined ? {} : { range }) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    });
    if (answer.status === SIGNED_OUT) cookie = undefined;
    const body = Buffer.from(await answer.arrayBuffer());
    return answer.status === SIGNED_OUT ? undefined : { status: answer.status, body };
  };
  return {
    get: (url, range) => request(url, range).catch(() => undefined), // faults are about
  };
}
