import { endpoints, Problem } from '@linkcast/contracts';
import type { AccessControl } from '../../access/access-control.ts';
import { personOf, type Identity } from '../../access/identity.ts';
import type { JobLimits } from '../../jobs/job-limits.ts';
import type { PersonRecord } from '../../people/person-table.ts';
import { personView } from '../../people/person-view.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';

/** Binds the endpoints of people, and those by which the bot asks about them. */
export function bindPeopleRoutes(
  bind: EndpointBinder,
  { people, peopleService, bot }: AccessControl,
  limits: Pick<JobLimits, 'usesOf'>,
): void {
  bind.answer(endpoints.getMe, async ({ identity }) => {
    const person = callerPerson(identity);
    return { ...personView(person), usage: await limits.usesOf(person) };
  });
  bind.answer(endpoints.patchMe, async ({ identity, body: { name, language } }) => {
    const change = { ...(name === undefined ? {} : { name }), ...(language === undefined ? {} : { language }) };
    const changed = await people.update(callerPerson(identity).id, change);
    if (!changed) throw new Problem('not-invited'); // removed meanwhile
    return personView(changed);
  });
  bind.answer(endpoints.listPeople, async () => ({ people: (await people.list()).map(personView) }));
  bind.answer(endpoints.patchPerson, async ({ params, body }) =>
    personView(await peopleService.change(params.id, body)),
  );
  bind.answer(endpoints.removePerson, async ({ params }) => {
    await peopleService.remove(params.id);
    return undefined;
  });
  bind.answer(endpoints.setBotAccount, ({ body }) => {
    bot.set(body);
    return undefined;
  });
  bind.answer(endpoints.listOwnerAccounts, async () => {
    const owners = (await people.list()).filter(({ role }) => role === 'owner');
    return { telegramIds: owners.flatMap(({ telegramId }) => telegramId ?? []) };
  });
}

/** The caller of an endpoint that only people may call. */
export function callerPerson(identity: Identity): PersonRecord {
  const person = personOf(identity);
  if (!person) throw new Problem('forbidden');
  return person;
}
