import { useState } from 'preact/hooks';
import type { DeliveryRule } from '@linkcast/contracts';
import { useRequest } from '../../../connection/use-request.ts';
import { useTexts } from '../../../language/texts-context.ts';
import { useStores } from '../../../stores/stores.ts';

const RULES: readonly DeliveryRule['items'][] = ['requested', 'all', 'person', 'host', 'collection'];

/** The choice of the items that are delivered by themselves: all, or those of a person, a site or a collection. */
export function RuleFields() {
  const { deliveries: words } = useTexts().site;
  const [items, setItems] = useState<DeliveryRule['items']>('requested');
  const choose = (value: string): void => setItems(RULES.find((each) => each === value) ?? 'requested');
  return (
    <>
      <label class="field">
        {words.rule}
        <select class="input" name="items" value={items} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {RULES.map((each) => (
            <option key={each} value={each}>
              {words.rules[each]}
            </option>
          ))}
        </select>
      </label>
      {items === 'person' && <PersonField />}
      {items === 'host' && (
        <label class="field">
          {words.site}
          <input class="input" name="ruleHost" required autocapitalize="none" spellcheck={false} />
        </label>
      )}
      {items === 'collection' && <CollectionField />}
    </>
  );
}

function PersonField() {
  const { deliveries: words } = useTexts().site;
  const { people } = useStores();
  const { value } = useRequest(() => people.listPeople());
  const options = value?.people.map(({ id, name }) => ({ id, text: name ?? words.unnamed })) ?? [];
  return <Choice name="personId" label={words.person} options={options} />;
}

function CollectionField() {
  const { deliveries: words } = useTexts().site;
  const { deliveries: calls } = useStores();
  const { value } = useRequest(() => calls.listCollections());
  const options = value?.collections.map(({ id, title }) => ({ id, text: title })) ?? [];
  return <Choice name="collectionId" label={words.collection} options={options} />;
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly text: string }[];
}

function Choice({ name, label, options }: ChoiceProps) {
  return (
    <label class="field">
      {label}
      <select class="input" name={name} required>
        {options.map(({ id, text }) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
