import { useState } from 'preact/hooks';
import type { Limits, Person } from '@linkcast/contracts';
import { personName } from '../../format/person-name.ts';
import type { SiteTexts } from '../../language/site-texts.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { PersonPicture } from '../ui/person-picture.tsx';

interface PersonRowProps {
  readonly person: Person;
  /** The limits of all members; undefined until they are read. */
  readonly defaults: Limits | undefined;
  readonly onChanged: () => Promise<void>;
}

/** A person in the list, with a menu of what an owner can change. */
export function PersonRow({ person, defaults, onChanged }: PersonRowProps) {
  const texts = useTexts();
  const { people: words, account } = texts.site;
  const { caller } = useStores();
  const [open, setOpen] = useState(false);
  const name = personName(person, texts);
  return (
    <li class="row">
      <PersonPicture name={person.name} />
      <div class="row-text">
        <strong>{name}</strong>
        <small>{describe(person, words)}</small>
      </div>
      <span class="row-tags">
        {person.id === caller.caller.value?.personId && <span class="tag">{words.you}</span>}
        {person.role === 'owner' && <span class="tag">{account.roles.owner}</span>}
      </span>
      <button type="button" class="icon-button" aria-label={words.actions(name)} onClick={() => setOpen(true)}>
        <Icon name="more" />
      </button>
      {open && (
        <PersonDialog person={person} defaults={defaults} onChanged={onChanged} onClose={() => setOpen(false)} />
      )}
    </li>
  );
}

/** The way in of a person, and the time when they were last seen. */
function describe({ isConsole, telegramId, seenAt }: Person, words: SiteTexts['site']['people']): string {
  const telegram = telegramId === null ? words.noTelegram : words.telegram;
  const seen = seenAt === null ? words.notSeen : words.seen(seenAt);
  return `${isConsole ? words.console : telegram} · ${seen}`;
}
