import { noPreferences, type LimitUses, type Me, type Person } from '@linkcast/contracts';
import type { PersonRecord } from './person-table.ts';

/** A person as the API shows them. */
export function personView(person: PersonRecord): Person {
  const { id, name, role, language, telegramId, isConsole, limits, invitedBy, createdAt, seenAt } = person;
  return {
    id,
    name,
    role,
    language,
    telegramId,
    isConsole,
    limits,
    invitedBy,
    createdAt: new Date(createdAt).toISOString(),
    seenAt: seenAt === null ? null : new Date(seenAt).toISOString(),
  };
}

/** A person as the API shows them to themselves. @param usage what they use of their limits */
export function meView(person: PersonRecord, usage: LimitUses): Me {
  return { ...personView(person), preferences: person.preferences ?? noPreferences, usage };
}
