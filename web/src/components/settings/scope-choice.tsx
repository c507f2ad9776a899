import { rightsOf, type Right } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';

interface ScopeChoiceProps {
  readonly chosen: readonly Right[];
  readonly onChange: (scopes: readonly Right[]) => void;
}

/** The choice of what a key may do, of what its person may. */
export function ScopeChoice({ chosen, onChange }: ScopeChoiceProps) {
  const { keys: words } = useTexts().site;
  const { caller } = useStores();
  const scopes: readonly Right[] = rightsOf[caller.can('manage') ? 'owner' : 'member'];
  const toggle = (scope: Right) =>
    onChange(scopes.filter((each) => (each === scope ? !chosen.includes(each) : chosen.includes(each))));
  return (
    <fieldset class="check-choice">
      <legend>{words.may}</legend>
      {scopes.map((scope) => (
        <label key={scope}>
          <input type="checkbox" checked={chosen.includes(scope)} onChange={() => toggle(scope)} />
          <span>
            <strong>{words.scopes[scope]}</strong>
            <small>{words.scopeHints[scope]}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
