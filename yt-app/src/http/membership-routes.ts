import { endpoints } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { Access } from '../access/access.ts';
import type { EndpointBinder } from './endpoint-binder.ts';

/** What the bot tells of its members. */
export function bindMembershipRoutes(bind: EndpointBinder, { membership, sessions }: Access, logger: Logger): void {
  bind.answer(endpoints.setMembership, ({ body }) => {
    const ended = membership.replace(body);
    logger.info({ members: body.members.length, ended }, 'membership taken over');
    return undefined;
  });
  bind.answer(endpoints.signOutMember, ({ body }) => ({ ended: sessions.endOf(body.telegramId) }));
}
