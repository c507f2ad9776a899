import type { CookieJars } from '../../../cookies/cookie-jars.ts';
import type { ProfilesFile } from '../../../profiles/profiles-file.ts';
import type { EndpointBinder } from '../../endpoints/endpoint-binder.ts';
import { bindCookieRoutes } from './cookie-routes.ts';
import { bindProfileRoutes } from './profile-routes.ts';

/** The ways to the sources. */
export interface RoutedSources {
  readonly profiles: Pick<ProfilesFile, 'read' | 'replace'>;
  readonly cookies: Pick<CookieJars, 'list' | 'put' | 'remove'>;
}

/** Binds the endpoints of the ways to the sources. */
export function bindSourceRoutes(bind: EndpointBinder, { profiles, cookies }: RoutedSources): void {
  bindProfileRoutes(bind, profiles);
  bindCookieRoutes(bind, cookies);
}
