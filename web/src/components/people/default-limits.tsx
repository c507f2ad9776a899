import { useState } from 'preact/hooks';
import { limitNames, type Limits, type PersonLimits } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { LimitsDialog } from './limits-dialog.tsx';

interface DefaultLimitsProps {
  readonly limits: Limits;
  readonly onChanged: () => Promise<void>;
}

/** The limits of all members, with a button to change them. */
export function DefaultLimits({ limits, onChanged }: DefaultLimitsProps) {
  const { limits: words } = useTexts().site;
  const { people, toasts } = useStores();
  const [isOpen, setOpen] = useState(false);
  const shown = limitNames.flatMap((name) => {
    const limit = limits[name];
    return limit === null ? [] : words.values[name](limit);
  });
  const save = (entered: PersonLimits) => {
    toasts.follow(people.patchLimits(entered).then(onChanged), words.saved);
    setOpen(false);
  };
  return (
    <section class="panel">
      <div class="row">
        <div class="row-text">
          <strong>{words.ofMembers}</strong>
          <small>{shown.length === 0 ? words.noneAtAll : shown.join(' · ')}</small>
        </div>
        <button type="button" class="button button-small" onClick={() => setOpen(true)}>
          {words.change}
        </button>
      </div>
      {isOpen && (
        <LimitsDialog
          heading={words.ofMembers}
          hint={words.membersHint}
          limits={limits}
          onSave={save}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}
