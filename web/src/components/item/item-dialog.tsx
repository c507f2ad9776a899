import { useState } from 'preact/hooks';
import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { useCopyLink } from '../ui/use-copy-link.ts';
import { ConfirmDialog } from '../ui/dialogs/confirm-dialog.tsx';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { NameDialog } from '../ui/dialogs/name-dialog.tsx';
import { ItemJobEntries, QualityDialog } from './item-job-entries.tsx';
import { DeliverEntries } from './deliver-entries.tsx';
import { KeepEntry } from './keep-entry.tsx';
import { VisibilityEntry } from './visibility-entry.tsx';
import { ShareDialog } from '../sharing/share-button.tsx';
import { WatchedEntry } from './watched-entry.tsx';

type Step = 'share' | 'rename' | 'delete' | 'quality';

interface ItemDialogProps {
  readonly item: Media;
  readonly onClose: () => void;
}

/** The menu of an item: mark as watched, share, request on the radio, copy the link, change who sees it, rename, delete. */
export function ItemDialog({ item, onClose }: ItemDialogProps) {
  const [step, setStep] = useState<'menu' | Step>('menu');
  if (step === 'share') {
    return <ShareDialog subject={{ mediaId: item.id, title: item.title }} onClose={onClose} />;
  }
  if (step === 'rename') return <RenameDialog item={item} onClose={onClose} />;
  if (step === 'delete') return <DeleteDialog item={item} onClose={onClose} />;
  if (step === 'quality') return <QualityDialog item={item} onClose={onClose} />;
  return <MenuDialog item={item} onClose={onClose} onStep={setStep} />;
}

interface MenuDialogProps extends ItemDialogProps {
  readonly onStep: (step: Step) => void;
}

function MenuDialog({ item, onClose, onStep }: MenuDialogProps) {
  const { site } = useTexts();
  const { caller } = useStores();
  const copyLink = useCopyLink();
  const mayAdd = caller.can('add');
  const copy = () => {
    void copyLink(item.links.page, site.item.copied);
    onClose();
  };
  return (
    <Dialog heading={item.title} onClose={onClose}>
      <div class="menu">
        <WatchedEntry item={item} onClose={onClose} />
        <ShareEntry item={item} onStep={onStep} />
        {mayAdd && item.type === 'audio' && item.visibility === 'everyone' && (
          <RadioEntry item={item} onClose={onClose} />
        )}
        <button type="button" onClick={copy}>
          <Icon name="copy" />
          {mayAdd ? site.item.copyLinkForMembers : site.item.copyLink}
        </button>
        <ItemJobEntries item={item} onClose={onClose} onQuality={() => onStep('quality')} />
        <DeliverEntries item={item} onClose={onClose} />
        <KeepEntry item={item} onClose={onClose} />
        <VisibilityEntry item={item} onClose={onClose} />
        <EditEntries item={item} onStep={onStep} />
      </div>
    </Dialog>
  );
}

type EntryProps = Pick<MenuDialogProps, 'item' | 'onStep'>;

function ShareEntry({ item, onStep }: EntryProps) {
  const { site } = useTexts();
  const { caller } = useStores();
  if (!caller.may('share-item', item.personId)) return null;
  return (
    <button type="button" onClick={() => onStep('share')}>
      <Icon name="share" />
      {site.share.share}
    </button>
  );
}

function RadioEntry({ item, onClose }: ItemDialogProps) {
  const { site } = useTexts();
  const { toasts, station } = useStores();
  const request = () => {
    toasts.follow(station.request(item.id), site.item.requested);
    onClose();
  };
  return (
    <button type="button" onClick={request}>
      <Icon name="radio" />
      {site.item.requestOnRadio}
    </button>
  );
}

function EditEntries({ item, onStep }: EntryProps) {
  const { site } = useTexts();
  const { caller } = useStores();
  return (
    <>
      {caller.may('rename-item', item.personId) && (
        <button type="button" onClick={() => onStep('rename')}>
          <Icon name="rename" />
          {site.item.rename}
        </button>
      )}
      {caller.may('delete-item', item.personId) && (
        <button type="button" class="menu-danger" onClick={() => onStep('delete')}>
          <Icon name="trash" />
          {site.item.delete}
        </button>
      )}
    </>
  );
}

/** Asks for a new title. */
function RenameDialog({ item, onClose }: ItemDialogProps) {
  const { item: words } = useTexts().site;
  const stores = useStores();
  const save = (title: string) => {
    stores.toasts.follow(stores.rename(item.id, title), words.renamed);
    onClose();
  };
  const texts = { heading: words.renameHeading, label: words.title, value: item.title };
  return <NameDialog {...texts} maxLength={300} onSave={save} onClose={onClose} />;
}

/** Asks for confirmation before an item is moved to the trash. The message afterwards has a button that restores it. */
function DeleteDialog({ item, onClose }: ItemDialogProps) {
  const { item: words } = useTexts().site;
  const stores = useStores();
  const remove = () => {
    const undo = () => stores.toasts.follow(stores.restore(item.id), words.restored);
    stores.toasts.follow(stores.delete(item.id), words.deleted, { text: words.undo, run: undo });
    onClose();
  };
  const texts = { heading: words.deleteHeading, hint: words.deleteHint(item.title), action: words.delete };
  return <ConfirmDialog {...texts} icon="trash" onConfirm={remove} onClose={onClose} />;
}
