import { paths } from '@linkcast/contracts';
import type { ConfBlock } from '../directives/conf-block.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { allowReading } from '../directives/read-methods.ts';

/** What others ask of the public name without signing in: the ACME server its challenges, and we ourselves who we are. */
export function addWellKnownLocations(server: ConfBlock, settings: EdgeSettings): void {
  const challenges = paths.acmeChallenges.replaceAll('.', String.raw`\.`);
  server.block('location', `~ "^${challenges}[A-Za-z0-9_-]{1,200}$"`, (location) => {
    allowReading(location);
    location.block('types', '', () => undefined);
    location.directive('default_type', 'text/plain');
    location.directive('root', `"${settings.certificateDirectory}/webroot"`);
    location.directive('try_files', '$uri =404');
  });
  server.block('location', `= ${paths.selfCheck}`, (location) => {
    allowReading(location);
    location.directive('default_type', 'text/plain');
    location.directive('return', `200 ${settings.installationMark}`);
  });
}
