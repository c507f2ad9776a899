import { badRequest } from './failure.ts';

/** Offsets and lengths in UTF-16 units, as Telegram counts. */
export interface TextEntity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
}

export interface FormattedText {
  readonly text: string;
  readonly entities: readonly TextEntity[];
}

const TAG_TYPES: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
};
const NAMED: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };
const TOKEN = /&(?:lt|gt|amp|quot|#\d+|#x[0-9a-f]+);|<[^>]*>?|[^<&]+|&/gi;

interface OpenTag {
  readonly name: string;
  readonly offset: number;
  readonly url: string | undefined;
}

/**
 * Telegram's HTML mode (https://core.telegram.org/bots/api#html-style), with its refusals: unknown tags, tags that
 * do not match, and tags left open.
 *
 * @throws {BotApiFailure} 400 "can't parse entities: …".
 */
export function parseHtml(html: string): FormattedText {
  const open: OpenTag[] = [];
  const entities: TextEntity[] = [];
  let text = '';
  for (const match of html.matchAll(TOKEN)) {
    const [token] = match;
    if (token.startsWith('</')) entities.push(...closeTag(token, open, text, byteOffset(html, match.index)));
    else if (token.startsWith('<')) open.push(openTag(token, text.length, byteOffset(html, match.index)));
    else text += decode(token);
  }
  const left = open.at(-1);
  if (left) throw entityFault(`Can't find end tag corresponding to start tag "${left.name}"`);
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

function openTag(token: string, offset: number, at: number): OpenTag {
  const parts = /^<([a-z-]+)(?:\s+href="([^"]*)")?\s*>$/i.exec(token);
  const name = parts?.[1]?.toLowerCase();
  if (name === undefined || !Object.hasOwn(TAG_TYPES, name)) {
    throw entityFault(
      `Unsupported start tag "${token.replaceAll(/[<>]/g, '').split(/\s/)[0] ?? ''}" at byte offset ${at}`,
    );
  }
  const href = parts?.[2];
  return { name, offset, url: href === undefined ? undefined : href.replaceAll(/&[^;]+;/g, decode) };
}

function closeTag(token: string, open: OpenTag[], text: string, at: number): TextEntity[] {
  const name = token.slice(2).replace('>', '').trim().toLowerCase();
  const tag = open.pop();
  if (!tag) throw entityFault(`Unexpected end tag at byte offset ${at}`);
  if (tag.name !== name)
    throw entityFault(`Unmatched end tag at byte offset ${at}, expected "</${tag.name}>", found "</${name}>"`);
  const type = TAG_TYPES[name] ?? name;
  const length = text.length - tag.offset;
  if (length === 0 || (type === 'text_link' && !hasDottedHost(tag.url))) return []; // the cloud drops these silently
  return [{ type, offset: tag.offset, length, ...(tag.url === undefined ? {} : { url: tag.url }) }];
}

function hasDottedHost(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && new URL(url).hostname.includes('.');
}

function decode(token: string): string {
  const named = NAMED[token.toLowerCase()];
  if (named !== undefined) return named;
  const number = /^&#(x?)([0-9a-f]+);$/i.exec(token);
  return number ? String.fromCodePoint(parseInt(number[2] ?? '', number[1] ? 16 : 10)) : token;
}

function byteOffset(text: string, index: number): number {
  return Buffer.byteLength(text.slice(0, index));
}

function entityFault(description: string) {
  return badRequest(`can't parse entities: ${description}`);
}
