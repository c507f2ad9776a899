import { useState } from 'preact/hooks';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { ConfirmDialog } from '../ui/dialogs/confirm-dialog.tsx';
import { Icon } from '../ui/icon.tsx';

/** Signs the person out, here or on all their devices. */
export function SignOutButtons() {
  const { account: words } = useTexts().site;
  const { caller, toasts } = useStores();
  const [isAsking, setAsking] = useState(false);
  const signOutEverywhere = () => {
    setAsking(false);
    toasts.follow(caller.signOutEverywhere());
  };
  const question = { heading: words.everywhereHeading, hint: words.everywhereHint, action: words.everywhere };
  return (
    <div class="actions">
      <button type="button" class="button" onClick={() => toasts.follow(caller.signOut())}>
        <Icon name="leave" />
        {words.signOutHere}
      </button>
      <button type="button" class="button" onClick={() => setAsking(true)}>
        {words.everywhere}
      </button>
      {isAsking && (
        <ConfirmDialog {...question} icon="leave" onConfirm={signOutEverywhere} onClose={() => setAsking(false)} />
      )}
    </div>
  );
}
