import type { DeliveredItem } from '@linkcast/contracts';
import { yearOf } from './item-names.ts';

/** Characters that XML 1.0 does not have. */
const ILLEGAL = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Describes an item as Kodi has defined it for films, and Jellyfin reads it. */
export function movieNfo(item: DeliveredItem): string {
  const { title, uploader, durationSeconds, createdAt, mediaId } = item;
  const lines = [
    element('title', title),
    element('year', String(yearOf(item))),
    ...(uploader === null ? [] : [element('studio', uploader)]),
    ...(durationSeconds === null ? [] : [element('runtime', String(Math.round(durationSeconds / 60)))]),
    element('dateadded', createdAt.slice(0, 19).replace('T', ' ')),
    `<uniqueid type="linkcast" default="true">${mediaId}</uniqueid>`,
    element('lockdata', 'true'), // the media server searches for no film of this name
  ];
  const body = lines.map((line) => `  ${line}\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<movie>\n${body}</movie>\n`;
}

function element(name: string, text: string): string {
  const escaped = text
    .toWellFormed()
    .replace(ILLEGAL, '')
    .replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
  return `<${name}>${escaped}</${name}>`;
}
