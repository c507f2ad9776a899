import { endpoints, Problem } from '@linkcast/contracts';
import type { AccessControl } from '../../access/access-control.ts';
import { personView } from '../../people/person-view.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';
import { callerPerson } from './people-routes.ts';
import { sessionOf } from './session-routes.ts';
import { telegramUrl } from './telegram-url.ts';

/** Binds connecting a Telegram account to a person of the site, and disconnecting it. */
export function bindTelegramRoutes(bind: EndpointBinder, { telegram, bot }: AccessControl): void {
  bind.answer(endpoints.createTelegramLink, async ({ identity }) => {
    const botName = bot.name();
    if (botName === null) throw new Problem('conflict');
    const { code, expiresAt } = await telegram.createLink(callerPerson(identity).id);
    return { telegramUrl: telegramUrl(botName, code), expiresAt: new Date(expiresAt).toISOString() };
  });
  bind.answer(endpoints.disconnectTelegram, async ({ identity }) => {
    await telegram.disconnect(callerPerson(identity).id, sessionOf(identity)?.id);
    return undefined;
  });
  bind.answer(endpoints.openTelegramLink, ({ body: { code, telegramId } }) => telegram.open(code, telegramId));
  bind.answer(endpoints.confirmTelegramLink, async ({ body: { id, telegramId } }) =>
    personView(await telegram.confirm(id, telegramId)),
  );
}
