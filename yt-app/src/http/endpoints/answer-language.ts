import { chooseLanguage, parseAcceptLanguage, type Language } from '@linkcast/texts';
import type { Response } from 'express';

/** Chooses the language of an answer by the request's `Accept-Language`, and names it in the headers. English without one. */
export function negotiateLanguage(response: Response): Language {
  const language = chooseLanguage(parseAcceptLanguage(response.req.headers['accept-language']), 'en');
  response.vary('accept-language').set('content-language', language);
  return language;
}
