import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';

interface VisibilityEntryProps {
  readonly item: Media;
  readonly onClose: () => void;
}

/** The entry of the menu that shows a finished item to its person only, or to everyone. */
export function VisibilityEntry({ item, onClose }: VisibilityEntryProps) {
  const { item: words } = useTexts().site;
  const { caller, toasts, setVisibility } = useStores();
  if (item.state !== 'ready' || !caller.may('change-visibility', item.personId)) return null;
  const isOpen = item.visibility === 'everyone';
  const change = () => {
    const changing = setVisibility(item.id, isOpen ? 'mine' : 'everyone');
    toasts.follow(changing, isOpen ? words.madePrivate : words.madeOpen);
    onClose();
  };
  return (
    <button type="button" onClick={change}>
      <Icon name={isOpen ? 'lock' : 'people'} />
      {isOpen ? words.makePrivate : words.makeOpen}
    </button>
  );
}
