import { Problem, type ProblemType } from '@linkcast/contracts';
import { problemWords } from '@linkcast/texts';
import type { ConfBlock } from '../directives/conf-block.ts';
import { quote } from '../directives/conf-block.ts';

/** The statuses that nginx itself answers below `/api/`, with their problems. */
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

/** The same for all other paths. 404 is the site's own page. */
const PLAIN_ERRORS: Readonly<Record<number, ProblemType>> = {
  401: 'unauthorized',
  403: 'forbidden',
  405: 'method-not-allowed',
  429: 'too-many-requests',
  503: 'server-starting',
};

/** The `error_page` of each status; 500 is an access check without an answer. */
const PLAIN_PAGES: Readonly<Record<number, string>> = {
  ...Object.fromEntries(Object.keys(PLAIN_ERRORS).map((status) => [status, `@plain-${status}`])),
  404: '@not-found',
  500: '=503 @plain-503',
};

/** Directs nginx's own errors in this location to {@link addApiErrors}. Responses of yt-app are not changed. */
export function useApiErrors(location: ConfBlock): void {
  for (const status of Object.keys(API_ERRORS)) location.directive('error_page', `${status} @api-${status}`);
}

/** Adds the problem documents of {@link useApiErrors}. */
export function addApiErrors(server: ConfBlock): void {
  for (const [status, code] of Object.entries(API_ERRORS)) {
    const document = { ...new Problem(code).toDocument(problemWords({ code })), status: Number(status) };
    server.block('location', `@api-${status}`, (location) => {
      location.directive('set', '$cache_control no-store');
      setRetryAfter(location, status);
      location.directive('default_type', 'application/problem+json');
      location.directive('return', `${status} ${quote(JSON.stringify(document))}`);
    });
  }
}

/**
 * Directs nginx's own errors to {@link addPlainErrors}, except those in `others`. A location inherits all `error_page`
 * directives of its server, or none if it has one of its own.
 */
export function usePlainErrors(block: ConfBlock, others: Readonly<Record<number, string>> = {}): void {
  for (const [status, page] of Object.entries({ ...PLAIN_PAGES, ...others })) {
    block.directive('error_page', `${status} ${page}`);
  }
}

/** Adds a text of one sentence for each error outside the API, and the site's page for 404. */
export function addPlainErrors(server: ConfBlock): void {
  usePlainErrors(server);
  for (const [status, code] of Object.entries(PLAIN_ERRORS)) addSentence(server, `@plain-${status}`, status, code);
  addSentence(server, '@station-unavailable', '503', 'station-unavailable');
  server.block('location', '@not-found', (location) => {
    location.directive('set', '$cache_control no-store');
    location.directive('default_type', 'text/plain');
    location.block('if', '($is_read_method = 0)', (block) =>
      block.directive('return', `404 ${quote(problemWords({ code: 'not-found' }).sentence)}`),
    );
    location.directive('try_files', '/index.html =404');
  });
}

function addSentence(server: ConfBlock, name: string, status: string, code: ProblemType): void {
  server.block('location', name, (location) => {
    location.directive('set', '$cache_control no-store');
    setRetryAfter(location, status);
    if (status === '405') location.directive('set', '$allow "GET, HEAD"');
    location.directive('default_type', 'text/plain');
    location.directive('return', `${status} ${quote(problemWords({ code }).sentence)}`);
  });
}

/** Interval of the slowest request limit: one sign-in every 3 seconds. */
const RETRY_AFTER_SECONDS = 3;

function setRetryAfter(location: ConfBlock, status: string): void {
  if (status === '429') location.directive('set', `$retry_after ${RETRY_AFTER_SECONDS}`);
}
