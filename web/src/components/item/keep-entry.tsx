import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';

interface KeepEntryProps {
  readonly item: Media;
  readonly onClose: () => void;
}

/** The entry of the menu that marks a finished item, so that no retention rule takes it, or takes the mark back. */
export function KeepEntry({ item, onClose }: KeepEntryProps) {
  const { item: words } = useTexts().site;
  const { caller, toasts, setKept } = useStores();
  if (item.state !== 'ready' || !caller.may('keep-item', item.personId)) return null;
  const change = () => {
    toasts.follow(setKept(item.id, !item.isKept), item.isKept ? words.unkept : words.kept);
    onClose();
  };
  return (
    <button type="button" aria-pressed={item.isKept} onClick={change}>
      <Icon name={item.isKept ? 'close' : 'pin'} />
      {item.isKept ? words.unkeep : words.keep}
    </button>
  );
}
