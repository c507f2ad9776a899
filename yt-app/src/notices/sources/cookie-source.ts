import { message } from '@linkcast/texts';
import type { CookieJars } from '../../cookies/cookie-jars.ts';
import type { NoticeSource } from '../notice-source.ts';

/** Observes that cookies of the installation expire within a week, or have expired. Those of a person are their own affair. */
export function createCookieSource(cookies: Pick<CookieJars, 'ofInstallation'>): NoticeSource {
  return {
    name: 'cookies',
    async observe() {
      return (await cookies.ofInstallation()).flatMap(({ site: name, state, expiresAt }) => {
        if (state === 'valid') return [];
        const isOver = state === 'expired' || expiresAt === null;
        return [
          {
            code: `cookies-${state}-${name}`,
            severity: 'warning' as const,
            message: isOver
              ? message('cookies-expired-notice', { name })
              : message('cookies-expiring-notice', { name, until: expiresAt }),
            action: message('do-renew-cookies'),
          },
        ];
      });
    },
  };
}
