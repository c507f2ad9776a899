import { paths } from '@linkcast/contracts';
import type { ConfBlock } from '../directives/conf-block.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { allowReadMethods } from '../directives/read-methods.ts';

/** Adds the paths that need no session: ACME challenges, and the self-check of the public name. */
export function addWellKnownLocations(server: ConfBlock, settings: EdgeSettings): void {
  const challenges = paths.acmeChallenges.replaceAll('.', String.raw`\.`);
  server.block('location', `~ "^${challenges}[A-Za-z0-9_-]{1,200}$"`, (location) => {
    allowReadMethods(location);
    location.block('types', '', () => undefined);
    location.directive('default_type', 'text/plain');
    location.directive('root', `"${settings.certificateDirectory}/webroot"`);
    location.directive('try_files', '$uri =404');
  });
  server.block('location', `= ${paths.selfCheck}`, (location) => {
    allowReadMethods(location);
    location.directive('default_type', 'text/plain');
    location.directive('return', `200 ${settings.installationMark}`);
  });
}
