import type { ConfBlock } from './conf-block.ts';

/** Where the ancestor's pages were, and what took their place. */
const MOVED: Readonly<Record<string, string>> = { video: '/?type=video', audio: '/radio', hls: '/' };

/** The built site: its pages, which are one file, its assets, and the way from the ancestor's addresses. */
export function addSiteLocations(server: ConfBlock): void {
  server.block('location', '~ "^/(?:radio|queue|add|(?:watch|listen)/[a-z2-7]{20})?$"', (location) => {
    location.directive('set', '$cache_control no-cache');
    allowReading(location);
    location.directive('try_files', '/index.html =404');
  });
  server.block(
    'location',
    '~ "^/assets/[A-Za-z0-9_-][A-Za-z0-9._-]*$"',
    (location) => {
      location.directive('set', '$cache_control "public, max-age=31536000, immutable"');
      allowReading(location);
      location.directive('try_files', '$uri =404');
    },
    'Their names carry a hash of what is in them.',
  );
  server.block(
    'location',
    String.raw`~ "^/(?:icons/)?[a-z0-9][a-z0-9_-]*\.(?:ico|svg|png|webmanifest|txt|js)$"`,
    (location) => {
      location.directive('set', '$cache_control no-cache');
      allowReading(location);
      location.directive('try_files', '$uri =404');
    },
  );
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

/** Refuses every method but GET and HEAD, and what another site's page asks for. */
export function allowReading(location: ConfBlock): void {
  location.block('if', '($is_foreign)', (block) => block.directive('return', '403'));
  location.block('if', '($is_reading = 0)', (block) => block.directive('return', '405'));
}
