import { useState } from 'preact/hooks';
import type { JobRequest, Visibility } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';

type Choice = Visibility | 'default';

/** The choice of who sees the next link, which begins anew with the preference of the person. */
export interface NextVisibility {
  readonly chosen: Choice;
  readonly choose: (choice: Choice) => void;
  /** The part of the request that has it. */
  readonly request: Pick<JobRequest, 'visibility'>;
  /** Returns to the preference: the link was sent. */
  readonly reset: () => void;
}

export function useNextVisibility(): NextVisibility {
  const { preferences } = useStores();
  const [choice, setChoice] = useState<Choice>();
  const chosen = choice ?? preferences.current.value.visibility ?? 'default';
  return {
    chosen,
    choose: setChoice,
    request: chosen === 'default' ? {} : { visibility: chosen },
    reset: () => setChoice(undefined),
  };
}

/** Selects the visibility of the next link. Only for people who are signed in. */
export function VisibilitySelect({ next }: { readonly next: NextVisibility }) {
  const { add: words, account } = useTexts().site;
  const { caller, preferences } = useStores();
  if (!caller.isSignedIn.value) return null;
  const hasPreference = preferences.current.value.visibility !== null;
  const choices: readonly Choice[] = hasPreference ? ['everyone', 'mine'] : ['default', 'everyone', 'mine'];
  return (
    <label class="choice add-visibility">
      <span>{words.visibility}</span>
      <select
        value={next.chosen}
        onChange={({ currentTarget }) => next.choose(currentTarget.value as Choice)} // its options
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {account.visibilities[choice]}
          </option>
        ))}
      </select>
    </label>
  );
}
