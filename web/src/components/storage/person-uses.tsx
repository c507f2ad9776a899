import type { StoragePicture } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';

/** The space that the items of each person take. */
export function PersonUses({ people }: Pick<StoragePicture, 'people'>) {
  const { site, formats } = useTexts();
  const { storage: words } = site;
  const most = Math.max(1, ...people.map(({ bytes }) => bytes));
  if (people.length === 0) return null;
  return (
    <section class="people-section">
      <h2>{words.people}</h2>
      <ul class="panel rows">
        {people.map(({ personId, name, items, bytes }) => (
          <li key={personId} class="row person-use">
            <div class="row-text">
              <strong>{personId === null ? words.nobody : (name ?? words.unnamed)}</strong>
              <small>{words.items(items)}</small>
              <span class="person-bar" aria-hidden="true">
                <span style={{ width: `${(bytes / most) * 100}%` }} />
              </span>
            </div>
            <strong>{formats.bytes(bytes)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
