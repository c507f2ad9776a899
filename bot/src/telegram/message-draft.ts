/**
 * A button under a message: a link, a page that opens as a Mini App (in private chats only), or a short key that comes back when it is
 * pressed (at most 64 bytes).
 */
export type Button = { readonly text: string } & (
  { readonly url: string } | { readonly webApp: string } | { readonly data: string }
);

/** The content of a message; `text` is Telegram's HTML. */
export interface MessageDraft {
  readonly text: string;
  readonly keyboard: readonly (readonly Button[])[];
}

/** Escapes a text for Telegram's HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The text of Telegram's HTML, without tags. */
export function stripHtml(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** Shortens a text for display, never inside a surrogate pair. */
export function shorten(text: string, maxCharacters: number): string {
  const characters = Array.from(text);
  return characters.length <= maxCharacters ? text : `${characters.slice(0, maxCharacters - 1).join('')}…`;
}
