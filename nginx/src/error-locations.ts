import { Problem, texts, type ProblemType } from '@linkcast/contracts';
import type { ConfBlock } from './conf-block.ts';
import { quote } from './conf-block.ts';

/** What nginx itself may answer for the API, and the problem that says so. */
const API_ERRORS: Readonly<Record<number, ProblemType>> = {
  400: 'malformed-request',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'request-too-large',
  429: 'too-many-requests',
  502: 'server-starting',
  504: 'server-starting',
};

/** The same for everything else. 404 is the site's own page. */
const PLAIN_ERRORS: Readonly<Record<number, ProblemType>> = {
  403: 'forbidden',
  405: 'method-not-allowed',
  429: 'too-many-requests',
  503: 'station-unavailable',
};

/** Sends nginx's own errors in this location to {@link addApiErrors}; yt-app's answers pass as they are. */
export function useApiErrors(location: ConfBlock): void {
  for (const status of Object.keys(API_ERRORS)) location.directive('error_page', `${status} @api-${status}`);
}

/** The problem documents of {@link useApiErrors}. */
export function addApiErrors(server: ConfBlock): void {
  for (const [status, code] of Object.entries(API_ERRORS)) {
    const document = { ...new Problem(code).toDocument(), status: Number(status) };
    server.block('location', `@api-${status}`, (location) => {
      location.directive('set', '$cache_control no-store');
      location.directive('default_type', 'application/problem+json');
      location.directive('return', `${status} ${quote(JSON.stringify(document))}`);
    });
  }
}

/** One plain sentence for each error outside the API, and the site's page for what is not there. */
export function addPlainErrors(server: ConfBlock): void {
  for (const [status, code] of Object.entries(PLAIN_ERRORS)) {
    server.directive('error_page', `${status} @plain-${status}`);
    server.block('location', `@plain-${status}`, (location) => {
      location.directive('set', '$cache_control no-store');
      if (status === '405') location.directive('set', '$allow "GET, HEAD"');
      location.directive('default_type', 'text/plain');
      location.directive('return', `${status} ${quote(`${texts.problems[code].sentence}\n`.trim())}`);
    });
  }
  server.directive('error_page', '404 @not-found');
  server.block('location', '@not-found', (location) => {
    location.directive('set', '$cache_control no-store');
    location.directive('default_type', 'text/plain');
    location.block('if', '($is_reading = 0)', (block) =>
      block.directive('return', `404 ${quote(texts.problems['not-found'].sentence)}`),
    );
    location.directive('try_files', '/index.html =404');
  });
}
