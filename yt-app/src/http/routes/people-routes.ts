import { endpoints, noPreferences, Preferences, Problem, type Me, type MePatch } from '@linkcast/contracts';
import type { AccessControl } from '../../access/access-control.ts';
import { personOf, type Identity } from '../../access/identity.ts';
import type { JobLimits } from '../../jobs/submission/job-limits.ts';
import type { PersonRecord } from '../../people/person-table.ts';
import type { PersonStore } from '../../people/person-store.ts';
import { meView, personView } from '../../people/person-view.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';

/** Binds the endpoints of people, and those by which the bot asks about them. */
export function bindPeopleRoutes(
  bind: EndpointBinder,
  { people, peopleService, bot }: AccessControl,
  limits: Pick<JobLimits, 'usesOf'>,
): void {
  const viewFor = async (person: PersonRecord): Promise<Me> => meView(person, await limits.usesOf(person));

  bind.answer(endpoints.getMe, ({ identity }) => viewFor(callerPerson(identity)));
  bind.answer(endpoints.patchMe, async ({ identity, body }) => {
    const { id } = callerPerson(identity);
    const changed = await people.whilePresent(id, () => changeOwn(people, id, body));
    if (!changed) throw new Problem('not-invited'); // removed meanwhile
    return viewFor(changed);
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
  bind.answer(endpoints.getReportAccount, async ({ params }) => {
    const person = await people.get(params.id);
    const areWanted = person?.preferences?.jobReports ?? true;
    return { telegramId: areWanted ? (person?.telegramId ?? null) : null };
  });
  bind.answer(endpoints.listOwnerAccounts, async () => {
    const owners = (await people.list()).filter(({ role }) => role === 'owner');
    return { telegramIds: owners.flatMap(({ telegramId }) => telegramId ?? []) };
  });
}

/** Changes a person as they wish; preferences that they leave out stay. */
async function changeOwn(
  people: Pick<PersonStore, 'get' | 'update'>,
  id: string,
  { name, language, preferences }: MePatch,
): Promise<PersonRecord | undefined> {
  const before = (await people.get(id))?.preferences;
  return people.update(id, {
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
    ...(preferences === undefined
      ? {}
      : { preferences: Preferences.parse({ ...noPreferences, ...before, ...preferences }) }),
  });
}

/** The caller of an endpoint that only people may call. */
export function callerPerson(identity: Identity): PersonRecord {
  const person = personOf(identity);
  if (!person) throw new Problem('forbidden');
  return person;
}
