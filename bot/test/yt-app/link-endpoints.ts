import { Problem, TelegramLinkConfirmation, TelegramLinkOpening, type Person } from '@linkcast/contracts';
import { randomBytes } from 'node:crypto';
import type { SideAnswer } from './access-endpoints.ts';

interface Link {
  readonly id: string;
  readonly code: string;
  readonly person: Person;
  openedBy?: number;
}

/** The links of the yt-app stand-in that connect a Telegram account. @param people by Telegram id */
export function createLinkEndpoints(people: Map<number, Person>) {
  const links: Link[] = [];

  const requireFree = (telegramId: number, { person }: Link): void => {
    const holder = people.get(telegramId);
    if (holder && holder.id !== person.id) throw new Problem('telegram-taken');
  };
  const open = (body: unknown): SideAnswer => {
    const { code, telegramId } = TelegramLinkOpening.parse(body);
    const link = links.find((one) => one.code === code);
    if (!link || (link.openedBy ?? telegramId) !== telegramId) throw new Problem('telegram-link-refused');
    requireFree(telegramId, link);
    link.openedBy = telegramId;
    return { status: 200, body: { id: link.id, name: link.person.name } };
  };
  const confirm = (body: unknown): SideAnswer => {
    const { id, telegramId } = TelegramLinkConfirmation.parse(body);
    const link = links.find((one) => one.id === id && one.openedBy === telegramId);
    if (!link) throw new Problem('telegram-link-refused');
    requireFree(telegramId, link);
    const person = { ...link.person, telegramId };
    people.set(telegramId, person);
    return { status: 200, body: person };
  };

  return {
    /** Undefined: no call about links. */
    answer(call: string, body: unknown): SideAnswer | undefined {
      if (call === 'POST /internal/telegram-links/open') return open(body);
      return call === 'POST /internal/telegram-links/confirm' ? confirm(body) : undefined;
    },
    /** Makes the link of a member who came in on the site. @returns its code */
    make: (name: string | null): string => {
      const code = `link-${randomBytes(16).toString('base64url')}`;
      links.push({ id: String.fromCharCode(97 + links.length).repeat(20), code, person: personOfSite(name) });
      return code;
    },
    /** Ends all links. */
    end: () => void links.splice(0),
  };
}

function personOfSite(name: string | null): Person {
  return {
    id: `person-of-site-${name ?? ''}`,
    name,
    role: 'member',
    language: null,
    telegramId: null,
    isConsole: false,
    limits: {},
    invitedBy: null,
    createdAt: new Date().toISOString(),
    seenAt: null,
  };
}
