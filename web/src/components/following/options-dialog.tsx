import { useState } from 'preact/hooks';
import type { FollowedList, FollowedPatch } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import { SaveButtons } from '../ui/save-buttons.tsx';
import { enteredOptions, optionsOf } from './follow-options.ts';
import { OptionFields } from './option-fields.tsx';

interface OptionsDialogProps {
  readonly list: FollowedList;
  readonly onSave: (patch: FollowedPatch) => void;
  readonly onClose: () => void;
}

/** Asks for the options of a list that is followed. */
export function OptionsDialog({ list, onSave, onClose }: OptionsDialogProps) {
  const { following: words } = useTexts().site;
  const [options, setOptions] = useState(() => optionsOf(list));
  const hasOwnTimes = optionsOf(list).frequency === 'own';
  const save = (event: Event) => {
    event.preventDefault();
    onSave(enteredOptions(options));
  };
  return (
    <Dialog heading={words.optionsHeading(list.title)} onClose={onClose}>
      <form class="dialog-form" onSubmit={save}>
        <OptionFields options={options} hasOwnTimes={hasOwnTimes} onChange={setOptions} />
        <SaveButtons onCancel={onClose} />
      </form>
    </Dialog>
  );
}
