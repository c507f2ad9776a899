import { isEnded, type Job, type Media, type Quality } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import { Icon } from '../ui/icon.tsx';

interface ItemJobEntriesProps {
  readonly item: Media;
  readonly onClose: () => void;
  readonly onQuality: () => void;
}

/** The entries of the menu that start with the files of a video: its audio, another quality, a better picture. */
export function ItemJobEntries({ item, onClose, onQuality }: ItemJobEntriesProps) {
  const { itemJobs: words } = useTexts().site;
  const { caller, itemJobs } = useStores();
  const follow = useItemJobs(onClose);
  if (item.type !== 'video' || item.state !== 'ready' || !caller.can('add')) return null;
  const hasSound = item.renditions.some(({ kind }) => kind === 'audio');
  const mayFetch = caller.may('fetch-item', item.personId) && item.sourceUrl !== null && item.recording === null;
  return (
    <>
      {hasSound && (
        <button type="button" onClick={() => follow(itemJobs.makeAudio(item.id))}>
          <Icon name="music" />
          {words.makeAudio}
        </button>
      )}
      {mayFetch && (
        <>
          <button type="button" onClick={onQuality}>
            <Icon name="video" />
            {words.anotherQuality}
          </button>
          <button type="button" onClick={() => follow(itemJobs.fetch(item.id))}>
            <Icon name="retry" />
            {words.fetchAgain}
          </button>
        </>
      )}
    </>
  );
}

/** Asks for the quality that an item gets, too. */
export function QualityDialog({ item, onClose }: Omit<ItemJobEntriesProps, 'onQuality'>) {
  const { itemJobs: words, add } = useTexts().site;
  const { caller, itemJobs } = useStores();
  const follow = useItemJobs(onClose);
  const maxHeight = caller.caller.value?.maxHeight ?? Infinity;
  const has = new Set(item.renditions.map(({ height }) => height));
  const offered = (Object.keys(add.qualities) as Quality[]) // Object.keys types keys as string; these are the qualities
    .filter((quality) => quality === 'best' || Number.parseInt(quality) <= maxHeight)
    .filter((quality) => !has.has(Number.parseInt(quality)));
  return (
    <Dialog heading={words.qualityHeading} onClose={onClose}>
      <p class="note-text">{words.qualityHint}</p>
      <div class="menu">
        {offered.map((quality) => (
          <button key={quality} type="button" onClick={() => follow(itemJobs.fetch(item.id, quality))}>
            <Icon name="video" />
            {add.qualities[quality]}
          </button>
        ))}
      </div>
    </Dialog>
  );
}

/** @returns a function that closes the menu, and says what became of a request. */
function useItemJobs(onClose: () => void): (work: Promise<Job>) => void {
  const { itemJobs: words } = useTexts().site;
  const { toasts } = useStores();
  return (work) => {
    work.then(
      ({ state }) => toasts.show('done', isEnded(state) ? words.present : words.started),
      (error: unknown) => toasts.showFailure(error),
    );
    onClose();
  };
}
