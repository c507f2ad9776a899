import { useState } from 'preact/hooks';
import type { Limits, Person, PersonLimits, PersonPatch } from '@linkcast/contracts';
import { personName } from '../../format/person-name.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { ConfirmDialog } from '../ui/dialogs/confirm-dialog.tsx';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { LimitsDialog } from './limits-dialog.tsx';
import { NameDialog } from '../ui/dialogs/name-dialog.tsx';
import { PersonPasskeys } from './person-passkeys.tsx';

type Step = 'menu' | 'rename' | 'passkeys' | 'limits' | 'step-down' | 'remove';

interface PersonDialogProps {
  readonly person: Person;
  /** The limits of all members; undefined until they are read. */
  readonly defaults: Limits | undefined;
  readonly onChanged: () => Promise<void>;
  readonly onClose: () => void;
}

/** The menu of a person: rename, passkeys, limits, role, remove. Removing, and giving up the own role, are confirmed first. */
export function PersonDialog({ person, defaults, onChanged, onClose }: PersonDialogProps) {
  const { people: words, limits } = useTexts().site;
  const { people, toasts } = useStores();
  const [step, setStep] = useState<Step>('menu');

  const follow = (action: Promise<unknown>, done: string) => {
    toasts.follow(action.then(onChanged), done);
    onClose();
  };
  const change = (patch: PersonPatch, done: string) => follow(people.patchPerson(person.id, patch), done);

  if (step === 'rename') {
    const texts = { heading: words.rename, label: words.name, value: person.name ?? '' };
    const save = (name: string) => change({ name }, words.renamed);
    return <NameDialog {...texts} maxLength={100} onSave={save} onClose={onClose} />;
  }
  if (step === 'passkeys') return <PersonPasskeys person={person} onClose={onClose} />;
  if (step === 'limits' && defaults) {
    const save = (entered: PersonLimits) => change({ limits: entered }, limits.saved);
    return <ExceptionsDialog person={person} defaults={defaults} onSave={save} onClose={onClose} />;
  }
  if (step === 'step-down') {
    const texts = { heading: words.stepDownHeading, hint: words.stepDownHint, action: words.stepDown };
    const stepDown = () => change({ role: 'member' }, words.roleChanged);
    return <ConfirmDialog {...texts} icon="person" onConfirm={stepDown} onClose={onClose} />;
  }
  if (step === 'remove') {
    const remove = (name: string) => follow(people.removePerson(person.id), words.removed(name));
    return <RemoveDialog person={person} onRemove={remove} onClose={onClose} />;
  }
  const setRole = (role: Person['role']) => change({ role }, words.roleChanged);
  return <PersonMenu person={person} onStep={setStep} onRole={setRole} onClose={onClose} />;
}

interface PersonMenuProps extends Pick<PersonDialogProps, 'person' | 'onClose'> {
  readonly onStep: (step: Step) => void;
  readonly onRole: (role: Person['role']) => void;
}

function PersonMenu({ person, onStep, onRole, onClose }: PersonMenuProps) {
  const texts = useTexts();
  const { people: words, passkeys } = texts.site;
  return (
    <Dialog heading={personName(person, texts)} onClose={onClose}>
      {person.isConsole && <p class="note-text">{words.consoleHint}</p>}
      <div class="menu">
        <button type="button" onClick={() => onStep('rename')}>
          <Icon name="rename" />
          {words.rename}
        </button>
        <button type="button" onClick={() => onStep('passkeys')}>
          <Icon name="passkey" />
          {passkeys.heading}
        </button>
        {person.role === 'member' && (
          <button type="button" onClick={() => onStep('limits')}>
            <Icon name="queue" />
            {texts.site.limits.entry}
          </button>
        )}
        {!person.isConsole && <AccessEntries person={person} onStep={onStep} onRole={onRole} />}
      </div>
    </Dialog>
  );
}

interface ExceptionsDialogProps extends Pick<PersonDialogProps, 'person' | 'onClose'> {
  readonly defaults: Limits;
  readonly onSave: (limits: PersonLimits) => void;
}

function ExceptionsDialog({ person, ...dialog }: ExceptionsDialogProps) {
  const texts = useTexts();
  const heading = texts.site.limits.ofPerson(personName(person, texts));
  return <LimitsDialog {...dialog} heading={heading} limits={person.limits} />;
}

function AccessEntries({ person, onStep, onRole }: Omit<PersonMenuProps, 'onClose'>) {
  const { people: words } = useTexts().site;
  const { caller } = useStores();
  const isSelf = person.id === caller.caller.value?.personId;
  const isOwner = person.role === 'owner';
  const toggleRole = () => {
    if (isOwner && isSelf) onStep('step-down');
    else onRole(isOwner ? 'member' : 'owner');
  };
  return (
    <>
      <button type="button" onClick={toggleRole}>
        <Icon name={isOwner ? 'person' : 'key'} />
        {isOwner ? words.makeMember : words.makeOwner}
      </button>
      <button type="button" class="menu-danger" onClick={() => onStep('remove')}>
        <Icon name="trash" />
        {words.remove}
      </button>
    </>
  );
}

interface RemoveDialogProps extends Pick<PersonDialogProps, 'person' | 'onClose'> {
  readonly onRemove: (name: string) => void;
}

/** Says what ends with a person, and asks for confirmation. */
function RemoveDialog({ person, onRemove, onClose }: RemoveDialogProps) {
  const texts = useTexts();
  const { people: words } = texts.site;
  const name = personName(person, texts);
  const shown = { heading: words.removeHeading(name), hint: words.removeHint, action: words.remove };
  return <ConfirmDialog {...shown} icon="trash" onConfirm={() => onRemove(name)} onClose={onClose} />;
}
