import type { RetentionRule } from '@linkcast/contracts';
import type { SiteTexts } from '../../language/site-texts.ts';

/** The effect of a rule, in one line. @param isOfCollection its number counts the items of a collection instead of those of each person. */
export function ruleLine(
  { watchedDays, unwatchedDays, keepLast }: RetentionRule,
  isOfCollection: boolean,
  { storage, collections }: SiteTexts['site'],
): string {
  const keepLine = isOfCollection ? collections.keepLast : storage.values.keepLast;
  const parts = [
    ...(watchedDays === null ? [] : [storage.values.watchedDays(watchedDays)]),
    ...(unwatchedDays === null ? [] : [storage.values.unwatchedDays(unwatchedDays)]),
    ...(keepLast === null ? [] : [keepLine(keepLast)]),
  ];
  return parts.length === 0 ? storage.nothing : parts.join(' · ');
}
