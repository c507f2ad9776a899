import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';

interface WatchedEntryProps {
  readonly item: Media;
  readonly onClose: () => void;
}

/** The entry of an item's menu that marks it as watched, or takes the mark back. Only people have it. */
export function WatchedEntry({ item, onClose }: WatchedEntryProps) {
  const { item: words } = useTexts().site;
  const { positions, toasts } = useStores();
  if (!positions.isPersonal()) return null;
  const isWatched = positions.of(item.id)?.isWatched ?? false;
  const mark = () => {
    const done = isWatched ? words.unmarked : words.marked;
    toasts.follow(positions.mark(item, !isWatched), done[item.type]);
    onClose();
  };
  return (
    <button type="button" onClick={mark}>
      <Icon name={isWatched ? 'retry' : 'check'} />
      {(isWatched ? words.unmark : words.mark)[item.type]}
    </button>
  );
}
