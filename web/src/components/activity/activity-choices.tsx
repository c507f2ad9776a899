import { ActivityKind } from '@linkcast/contracts';
import { personName } from '../../format/person-name.ts';
import { useRequest } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import type { ActivityFilter } from './use-activity.ts';

interface ActivityChoicesProps {
  readonly filter: ActivityFilter;
  readonly onChange: (filter: ActivityFilter) => void;
}

/** Chooses the person and the kind of the entries that are shown. */
export function ActivityChoices({ filter, onChange }: ActivityChoicesProps) {
  const texts = useTexts();
  const { activity: words } = texts.site;
  const { people: calls } = useStores();
  const people = useRequest(async () => (await calls.listPeople()).people);
  const names = people.value?.map((person): [string, string] => [person.id, personName(person, texts)]) ?? [];
  return (
    <div class="toolbar-row">
      <Choice
        label={words.personLabel}
        all={words.everybody}
        options={names}
        value={filter.person}
        onChange={(person) => onChange({ ...filter, person })}
      />
      <Choice
        label={words.kindLabel}
        all={words.everything}
        options={Object.entries(words.kinds)}
        value={filter.kind}
        onChange={(kind) => onChange({ ...filter, kind: ActivityKind.optional().parse(kind) })}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  /** Name of the choice that selects all. */
  readonly all: string;
  /** Values and their names. */
  readonly options: readonly (readonly [string, string])[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ label, all, options, value, onChange }: ChoiceProps) {
  return (
    <label class="choice">
      <span class="hidden">{label}</span>
      <select
        value={value ?? ''}
        onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
      >
        <option value="">{all}</option>
        {options.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
