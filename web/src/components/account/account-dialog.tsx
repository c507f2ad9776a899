import { useState } from 'preact/hooks';
import { paths, type Caller } from '@linkcast/contracts';
import { personName } from '../../format/person-name.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { DeviceList } from './device-list.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { HealthSection } from './health-section.tsx';
import { Icon } from '../ui/icon.tsx';
import { NameDialog } from '../ui/name-dialog.tsx';
import { OwnLanguageChoice } from './own-language-choice.tsx';
import { PersonPicture } from '../ui/person-picture.tsx';
import { SignInCodeMaker } from './sign-in-code-maker.tsx';

type Step = 'rename' | 'sign-out-everywhere';

interface AccountDialogProps {
  readonly onClose: () => void;
}

/** The account of the person: name, devices, sign-in codes, language; for an owner also the people and the health of the server. */
export function AccountDialog({ onClose }: AccountDialogProps) {
  const { caller } = useStores();
  const [step, setStep] = useState<Step>();
  const known = caller.caller.value;
  if (!known) return null;
  const back = () => setStep(undefined);
  if (step === 'rename') return <OwnNameDialog caller={known} onClose={back} />;
  if (step === 'sign-out-everywhere') return <SignOutEverywhere onClose={back} />;
  return <Overview caller={known} onClose={onClose} onStep={setStep} />;
}

interface OverviewProps extends AccountDialogProps {
  readonly caller: Caller;
  readonly onStep: (step: Step) => void;
}

function Overview({ caller: known, onClose, onStep }: OverviewProps) {
  const { account: words } = useTexts().site;
  const { caller, toasts } = useStores();
  const isOwner = caller.can('manage');
  return (
    <Dialog heading={words.heading} onClose={onClose}>
      <Person caller={known} onRename={() => onStep('rename')} />
      {isOwner && (
        <a class="button" href={paths.people} onClick={onClose}>
          <Icon name="people" />
          {words.people}
        </a>
      )}
      <DeviceList />
      <SignInCodeMaker />
      {isOwner && <HealthSection />}
      <OwnLanguageChoice />
      <div class="actions">
        <button type="button" class="button" onClick={() => toasts.follow(caller.signOut())}>
          <Icon name="leave" />
          {words.signOutHere}
        </button>
        <button type="button" class="button" onClick={() => onStep('sign-out-everywhere')}>
          {words.everywhere}
        </button>
      </div>
    </Dialog>
  );
}

function Person({ caller, onRename }: { readonly caller: Caller; readonly onRename: () => void }) {
  const texts = useTexts();
  const { account: words } = texts.site;
  return (
    <div class="person">
      <PersonPicture name={caller.name} />
      <strong>{personName(caller, texts)}</strong>
      <span class="tag">{words.roles[caller.role === 'owner' ? 'owner' : 'member']}</span>
      <button type="button" class="icon-button" aria-label={words.rename} onClick={onRename}>
        <Icon name="rename" />
      </button>
    </div>
  );
}

function OwnNameDialog({ caller: known, onClose }: Pick<OverviewProps, 'caller' | 'onClose'>) {
  const { account: words } = useTexts().site;
  const { account, caller, toasts } = useStores();
  const rename = async (name: string) => {
    await account.patchMe({ name });
    await caller.load();
  };
  const save = (name: string) => {
    toasts.follow(rename(name), words.renamed);
    onClose();
  };
  const texts = { heading: words.renameHeading, label: words.name, value: known.name ?? '' };
  return <NameDialog {...texts} maxLength={100} onSave={save} onClose={onClose} />;
}

function SignOutEverywhere({ onClose }: AccountDialogProps) {
  const { account: words } = useTexts().site;
  const { caller, toasts } = useStores();
  const signOut = () => {
    toasts.follow(caller.signOutEverywhere());
    onClose();
  };
  const texts = { heading: words.everywhereHeading, hint: words.everywhereHint, action: words.everywhere };
  return <ConfirmDialog {...texts} icon="leave" onConfirm={signOut} onClose={onClose} />;
}
