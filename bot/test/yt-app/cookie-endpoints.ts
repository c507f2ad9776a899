import { CookieUpload, Problem, type CookieFault, type Person } from '@linkcast/contracts';
import type { SideAnswer } from './access-endpoints.ts';

/** The side of the yt-app stand-in that takes cookies. */
export function createCookieEndpoints() {
  const given: { readonly personId: string; readonly text: string; readonly site: string | undefined }[] = [];
  let refusal: CookieFault | undefined;

  return {
    /** Undefined: no call of this side. */
    answer(call: string, caller: Person | undefined, body: unknown): SideAnswer | undefined {
      if (!caller || call !== 'POST /api/cookies') return undefined;
      const { text, site, use } = CookieUpload.parse(body);
      if (refusal !== undefined) throw new Problem('cookies-refused', { cookies: refusal });
      given.push({ personId: caller.id, text, site });
      const jar = { id: 'jar', site: site ?? 'site.example', use, count: 1, expiresAt: null, state: 'valid' };
      return { status: 201, body: { ...jar, changedAt: new Date().toISOString() } };
    },
    given: () => given,
    refuse: (fault: CookieFault): void => void (refusal = fault),
  };
}
