import type { Caller } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { DeviceList } from './device-list.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { HealthSection } from './health-section.tsx';
import { Icon } from '../ui/icon.tsx';
import { LanguageChoice } from '../ui/language-choice.tsx';
import { SignInCodeMaker } from './sign-in-code-maker.tsx';

/** Shows the person, their devices and the choice of language; for an owner also sign-in codes and the health of the server. */
export function AccountDialog({ onClose }: { readonly onClose: () => void }) {
  const { account: words } = useTexts().site;
  const { caller, toasts } = useStores();
  const known = caller.caller.value;
  if (!known) return null;
  return (
    <Dialog heading={words.heading} onClose={onClose}>
      <Person caller={known} />
      <DeviceList />
      {caller.can('manage') && <SignInCodeMaker name={known.name} />}
      {caller.can('manage') && <HealthSection />}
      <LanguageChoice />
      <button type="button" class="button" onClick={() => toasts.follow(caller.signOut())}>
        <Icon name="leave" />
        {words.signOutHere}
      </button>
    </Dialog>
  );
}

function Person({ caller }: { readonly caller: Caller }) {
  const { account: words } = useTexts().site;
  const role = caller.role === 'owner' ? 'owner' : 'member';
  const name = caller.name ?? words.unnamed[role];
  return (
    <div class="person">
      <span class="person-picture" aria-hidden="true">
        {caller.name === null ? <Icon name="person" /> : Array.from(caller.name)[0]}
      </span>
      <strong>{name}</strong>
      <span class="tag">{words.roles[role]}</span>
    </div>
  );
}
