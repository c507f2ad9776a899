import { chooseLanguage, parseAcceptLanguage, type Language } from '@linkcast/texts';
import type { Response } from 'express';

/** Chooses the language of an answer by the request's `Accept-Language`, and names it in the headers. */
export type NegotiateLanguage = (response: Response) => Language;

/** @param fallback the language of the installation, for clients that ask for none that Linkcast has */
export function createLanguageNegotiation(fallback: Language): NegotiateLanguage {
  return (response) => {
    const language = chooseLanguage(parseAcceptLanguage(response.req.headers['accept-language']), fallback);
    response.vary('accept-language').set('content-language', language);
    return language;
  };
}
