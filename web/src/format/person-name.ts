import type { Role } from '@linkcast/contracts';
import type { SiteTexts } from '../language/site-texts.ts';

/** Returns the name of a person, or that of their role when they have none. */
export function personName(
  { name, role }: { readonly name: string | null; readonly role: Role },
  { site }: Pick<SiteTexts, 'site'>,
): string {
  return name ?? site.account.unnamed[role === 'owner' ? 'owner' : 'member'];
}
