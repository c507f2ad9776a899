import { Person } from '../access/person.ts';
import {
  NewTelegramLink,
  OpenedTelegramLink,
  TelegramLinkConfirmation,
  TelegramLinkOpening,
} from '../access/telegram-link.ts';
import type { Endpoint } from './endpoint.ts';

/** The Telegram account of a person of the site: connecting it, and disconnecting it. */
export const telegramEndpoints = {
  createTelegramLink: {
    method: 'post',
    path: '/api/me/telegram/links',
    right: 'watch',
    forPeople: true,
    inPerson: true,
    bySession: true,
    summary:
      "A link that connects a Telegram account to oneself, once that account confirms it; one's earlier link ends",
    success: 201,
    answer: NewTelegramLink,
    problems: ['conflict', 'too-many-requests'],
  },
  disconnectTelegram: {
    method: 'delete',
    path: '/api/me/telegram',
    right: 'watch',
    forPeople: true,
    inPerson: true,
    bySession: true,
    summary: "Disconnect one's own Telegram account, unless it is the only way in; one's other sessions end",
    success: 204,
    problems: ['not-found', 'last-way-in'],
  },
  openTelegramLink: {
    method: 'post',
    path: '/internal/telegram-links/open',
    right: 'service',
    services: ['bot'],
    summary: 'Open a link for a Telegram account, which is then asked to confirm it',
    body: TelegramLinkOpening,
    success: 200,
    answer: OpenedTelegramLink,
    problems: ['telegram-link-refused', 'telegram-taken', 'too-many-requests'],
    internal: true,
  },
  confirmTelegramLink: {
    method: 'post',
    path: '/internal/telegram-links/confirm',
    right: 'service',
    services: ['bot'],
    summary: 'Connect the Telegram account that has opened the link',
    body: TelegramLinkConfirmation,
    success: 200,
    answer: Person,
    problems: ['telegram-link-refused', 'telegram-taken'],
    internal: true,
  },
} as const satisfies Record<string, Endpoint>;
