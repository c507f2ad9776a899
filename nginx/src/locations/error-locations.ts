import { Problem, type ProblemType } from '@linkcast/contracts';
import { problemWords, texts } from '@linkcast/texts';
import type { ConfBlock } from '../directives/conf-block.ts';
import { quote } from '../directives/conf-block.ts';

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
  401: 'unauthorized',
  403: 'forbidden',
  405: 'method-not-allowed',
  429: 'too-many-requests',
  503: 'server-starting',
};

/** Which location answers for a status; a 500 is an access question that nobody answered. */
const PLAIN_PAGES: Readonly<Record<number, string>> = {
  ...Object.fromEntries(Object.keys(PLAIN_ERRORS).map((status) => [status, `@plain-${status}`])),
  404: '@not-found',
  500: '=503 @plain-503',
};

/** Sends nginx's own errors in this location to {@link addApiErrors}; yt-app's answers pass as they are. */
export function useApiErrors(location: ConfBlock): void {
  for (const status of Object.keys(API_ERRORS)) location.directive('error_page', `${status} @api-${status}`);
}

/** The problem documents of {@link useApiErrors}. */
export function addApiErrors(server: ConfBlock): void {
  for (const [status, code] of Object.entries(API_ERRORS)) {
    const document = { ...new Problem(code).toDocument(problemWords({ code })), status: Number(status) };
    server.block('location', `@api-${status}`, (location) => {
      location.directive('set', '$cache_control no-store');
      sayWhenToRetry(location, status);
      location.directive('default_type', 'application/problem+json');
      location.directive('return', `${status} ${quote(JSON.stringify(document))}`);
    });
  }
}

/**
 * Sends nginx's own errors to {@link addPlainErrors}, with other pages for some of them. A location inherits all of its
 * server's or, having one of its own, none.
 */
export function usePlainErrors(block: ConfBlock, others: Readonly<Record<number, string>> = {}): void {
  for (const [status, page] of Object.entries({ ...PLAIN_PAGES, ...others })) {
    block.directive('error_page', `${status} ${page}`);
  }
}

/** One plain sentence for each error outside the API, and the site's page for what is not there. */
export function addPlainErrors(server: ConfBlock): void {
  usePlainErrors(server);
  for (const [status, code] of Object.entries(PLAIN_ERRORS)) addSentence(server, `@plain-${status}`, status, code);
  addSentence(server, '@station-away', '503', 'station-unavailable');
  server.block('location', '@not-found', (location) => {
    location.directive('set', '$cache_control no-store');
    location.directive('default_type', 'text/plain');
    location.block('if', '($is_reading = 0)', (block) =>
      block.directive('return', `404 ${quote(texts.problems['not-found'].sentence({}))}`),
    );
    location.directive('try_files', '/index.html =404');
  });
}

function addSentence(server: ConfBlock, name: string, status: string, code: ProblemType): void {
  server.block('location', name, (location) => {
    location.directive('set', '$cache_control no-store');
    sayWhenToRetry(location, status);
    if (status === '405') location.directive('set', '$allow "GET, HEAD"');
    location.directive('default_type', 'text/plain');
    location.directive('return', `${status} ${quote(texts.problems[code].sentence({}))}`);
  });
}

/** A limit of nginx's own has room again after this long: signing in, the slowest, every 3 seconds. */
const RETRY_AFTER_SECONDS = 3;

function sayWhenToRetry(location: ConfBlock, status: string): void {
  if (status === '429') location.directive('set', `$retry_after ${RETRY_AFTER_SECONDS}`);
}
