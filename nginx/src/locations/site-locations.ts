import { paths, sitePages } from '@linkcast/contracts';
import { requireSession } from './access-location.ts';
import type { ConfBlock } from '../directives/conf-block.ts';
import { idPatterns } from '../directives/id-patterns.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { usePlainErrors } from './error-locations.ts';
import { allowReadMethods } from '../directives/read-methods.ts';

/** Paths of the ancestor's pages, and the pages that replaced them. */
const MOVED: Readonly<Record<string, string>> = { video: '/?type=video', audio: '/radio', hls: '/' };

const OF_ONE = `/(?:watch|listen|collections)/${idPatterns.mediaId}`;
const PAGES = `~ "^(?:${[...sitePages, OF_ONE].join('|')})$"`;
const ASSETS = '~ "^/assets/[A-Za-z0-9_-][A-Za-z0-9._-]*$"';
const ROOT_FILES = String.raw`~ "^/(?:icons/)?[a-z0-9][a-z0-9_-]*\.(?:ico|svg|png|webmanifest|txt|js)$"`;

/** Adds the built site: its pages, which are one file, its assets, and redirects from the ancestor's paths. */
export function addSiteLocations(server: ConfBlock, settings: EdgeSettings): void {
  server.block('location', PAGES, (location) => {
    addPage(location);
    requireSession(location, settings);
    usePlainErrors(location, { 401: '@sign-in' });
  });
  for (const path of [paths.signIn, paths.join]) server.block('location', `= ${path}`, addPage);
  server.block('location', '@sign-in', addPage, 'The URL stays: after signing in, the page opens it.');
  addFiles(server, ASSETS, '"public, max-age=31536000, immutable"', 'Asset names contain a hash of the content.');
  addFiles(server, ROOT_FILES, 'no-cache');
  for (const [old, page] of Object.entries(MOVED)) {
    server.block('location', `~ "^/${old}(?:/|$)"`, (location) => {
      allowReadMethods(location);
      location.directive('return', `308 ${page}`);
    });
  }
  server.block('location', '/', (location) => {
    allowReadMethods(location);
    location.directive('return', '404');
  });
}

function addPage(location: ConfBlock): void {
  location.directive('set', '$cache_control no-cache');
  allowReadMethods(location);
  location.directive('try_files', '/index.html =404');
}

/** Adds files that need no session: a browser loads them before the sign-in. */
function addFiles(server: ConfBlock, match: string, cacheControl: string, comment?: string): void {
  server.block(
    'location',
    match,
    (location) => {
      location.directive('set', `$cache_control ${cacheControl}`);
      allowReadMethods(location);
      location.directive('try_files', '$uri =404');
    },
    comment,
  );
}
