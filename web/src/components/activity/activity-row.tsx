import type { Activity } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { PersonPicture } from '../ui/person-picture.tsx';

/** One entry of the activity log: what was done, by whom, and when. */
export function ActivityRow({ entry }: { readonly entry: Activity }) {
  const texts = useTexts();
  const { activity: words } = texts.site;
  const who = entry.person === null ? texts.site.name : (entry.person.name ?? words.unnamed);
  return (
    <li class="row">
      <PersonPicture name={who} />
      <div class="row-text">
        <strong>{entry.sentence}</strong>
        <small>
          {who} · <time dateTime={entry.at}>{texts.formats.moment(entry.at)}</time>
        </small>
      </div>
    </li>
  );
}
