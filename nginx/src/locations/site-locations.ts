import { paths } from '@linkcast/contracts';
import { askSession } from './access-location.ts';
import type { ConfBlock } from '../directives/conf-block.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { usePlainErrors } from './error-locations.ts';
import { allowReading } from '../directives/read-methods.ts';

/** Where the ancestor's pages were, and what took their place. */
const MOVED: Readonly<Record<string, string>> = { video: '/?type=video', audio: '/radio', hls: '/' };

const PAGES = '~ "^/(?:radio|queue|add|(?:watch|listen)/[a-z2-7]{20})?$"';
const ASSETS = '~ "^/assets/[A-Za-z0-9_-][A-Za-z0-9._-]*$"';
const ROOT_FILES = String.raw`~ "^/(?:icons/)?[a-z0-9][a-z0-9_-]*\.(?:ico|svg|png|webmanifest|txt|js)$"`;

/** The built site: its pages, which are one file, its assets, and the way from the ancestor's addresses. */
export function addSiteLocations(server: ConfBlock, settings: EdgeSettings): void {
  server.block('location', PAGES, (location) => {
    addPage(location);
    askSession(location, settings);
    usePlainErrors(location, { 401: '@sign-in' });
  });
  server.block('location', `= ${paths.signIn}`, addPage);
  server.block('location', '@sign-in', addPage, 'The address stays: the page asks to sign in, and goes on to it.');
  addFiles(server, ASSETS, '"public, max-age=31536000, immutable"', 'Their names carry a hash of what is in them.');
  addFiles(server, ROOT_FILES, 'no-cache');
  for (const [old, page] of Object.entries(MOVED)) {
    server.block('location', `~ "^/${old}(?:/|$)"`, (location) => {
      allowReading(location);
      location.directive('return', `308 ${page}`);
    });
  }
  server.block('location', '/', (location) => {
    allowReading(location);
    location.directive('return', '404');
  });
}

function addPage(location: ConfBlock): void {
  location.directive('set', '$cache_control no-cache');
  allowReading(location);
  location.directive('try_files', '/index.html =404');
}

/** What a browser needs before anybody has signed in. */
function addFiles(server: ConfBlock, match: string, cacheControl: string, comment?: string): void {
  server.block(
    'location',
    match,
    (location) => {
      location.directive('set', `$cache_control ${cacheControl}`);
      allowReading(location);
      location.directive('try_files', '$uri =404');
    },
    comment,
  );
}
