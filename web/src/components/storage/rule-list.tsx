import { useState } from 'preact/hooks';
import {
  NO_RETENTION,
  type Person,
  type RetentionRule,
  type RetentionScope,
  type ScopedRule,
} from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { ruleLine } from './rule-line.ts';
import { RuleDialog } from './rule-dialog.tsx';
import type { Storage } from './use-storage.ts';

interface RuleListProps {
  readonly rules: readonly ScopedRule[];
  readonly people: readonly Person[];
  readonly onChange: Storage['changeRule'];
}

const INSTALLATION: RetentionScope = { kind: 'installation' };

/** The rule for all items, those of single people and of collections, and a choice to add one of a person. */
export function RuleList({ rules, people, onChange }: RuleListProps) {
  const { storage: words, collections } = useTexts().site;
  const [edited, setEdited] = useState<RetentionScope>();
  const ofAll = rules.find(({ scope }) => scope.kind === 'installation');
  const ofPeople = rules.filter(({ scope }) => scope.kind === 'person');
  const ofCollections = rules.filter(({ scope }) => scope.kind === 'collection');
  const nameOf = (scope: RetentionScope): string => {
    if (scope.kind === 'installation') return words.ofAll;
    if (scope.kind === 'collection')
      return collections.partOf(rules.find((rule) => keyOf(rule.scope) === keyOf(scope))?.title ?? '');
    return words.ofPerson(people.find(({ id }) => id === scope.id)?.name ?? words.unnamed);
  };
  const ruleOf = (scope: RetentionScope): RetentionRule =>
    rules.find((rule) => keyOf(rule.scope) === keyOf(scope))?.rule ?? NO_RETENTION;
  const save = (scope: RetentionScope, rule: RetentionRule) => {
    onChange(scope, rule);
    setEdited(undefined);
  };
  return (
    <section class="people-section">
      <h2>{words.rules}</h2>
      <ul class="panel rows">
        <RuleRow name={words.ofAll} rule={ofAll?.rule ?? NO_RETENTION} onEdit={() => setEdited(INSTALLATION)} />
        {[...ofPeople, ...ofCollections].map(({ scope, rule }) => (
          <RuleRow
            key={keyOf(scope)}
            name={nameOf(scope)}
            rule={rule}
            isOfCollection={scope.kind === 'collection'}
            onEdit={() => setEdited(scope)}
            onRemove={() => onChange(scope, null)}
          />
        ))}
      </ul>
      <PersonChoice
        people={people.filter(({ id }) => !ofPeople.some(({ scope }) => scope.kind === 'person' && scope.id === id))}
        onChoose={(id) => setEdited({ kind: 'person', id })}
      />
      {edited && (
        <RuleDialog
          key={keyOf(edited)}
          heading={nameOf(edited)}
          isOfCollection={edited.kind === 'collection'}
          rule={ruleOf(edited)}
          onSave={(rule) => save(edited, rule)}
          onClose={() => setEdited(undefined)}
        />
      )}
    </section>
  );
}

interface RuleRowProps {
  readonly name: string;
  readonly rule: RetentionRule;
  readonly isOfCollection?: boolean;
  readonly onEdit: () => void;
  readonly onRemove?: () => void;
}

function RuleRow({ name, rule, isOfCollection = false, onEdit, onRemove }: RuleRowProps) {
  const { site } = useTexts();
  const { storage: words } = site;
  return (
    <li class="row storage-row">
      <div class="row-text">
        <strong>{name}</strong>
        <small>{ruleLine(rule, isOfCollection, site)}</small>
      </div>
      <div class="storage-buttons">
        <button type="button" class="button button-small" aria-label={words.changeTitle(name)} onClick={onEdit}>
          {words.change}
        </button>
        {onRemove && (
          <button type="button" class="button button-small" aria-label={words.removeTitle(name)} onClick={onRemove}>
            {words.remove}
          </button>
        )}
      </div>
    </li>
  );
}

interface PersonChoiceProps {
  readonly people: readonly Person[];
  readonly onChoose: (id: string) => void;
}

/** Chooses the person who gets a rule of their own. */
function PersonChoice({ people, onChoose }: PersonChoiceProps) {
  const { storage: words } = useTexts().site;
  if (people.length === 0) return null;
  return (
    <label class="segment-choice">
      <span>{words.addForPerson}</span>
      <span class="choice">
        <select value="" onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
          <option value="" disabled>
            {words.person}
          </option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name ?? words.unnamed}
            </option>
          ))}
        </select>
      </span>
    </label>
  );
}

function keyOf(scope: RetentionScope): string {
  return scope.kind === 'installation' ? scope.kind : `${scope.kind} ${scope.id}`;
}
