import { useState } from 'preact/hooks';
import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { useCopyLink } from '../ui/use-copy-link.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { ShareDialog } from '../sharing/share-button.tsx';

type Step = 'share' | 'rename' | 'delete';

interface ItemDialogProps {
  readonly item: Media;
  readonly onClose: () => void;
}

/** The menu of an item: share, request on the radio, copy the link, rename, delete. */
export function ItemDialog({ item, onClose }: ItemDialogProps) {
  const [step, setStep] = useState<'menu' | Step>('menu');
  if (step === 'share') {
    return <ShareDialog subject={{ mediaId: item.id, title: item.title }} onClose={onClose} />;
  }
  if (step === 'rename') return <RenameDialog item={item} onClose={onClose} />;
  if (step === 'delete') return <DeleteDialog item={item} onClose={onClose} />;
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
        {mayAdd && <SharingEntries item={item} onClose={onClose} onStep={onStep} />}
        <button type="button" onClick={copy}>
          <Icon name="copy" />
          {mayAdd ? site.item.copyLinkForMembers : site.item.copyLink}
        </button>
        {mayAdd && <EditEntries onStep={onStep} />}
      </div>
    </Dialog>
  );
}

function SharingEntries({ item, onClose, onStep }: MenuDialogProps) {
  const { site } = useTexts();
  const { toasts, station } = useStores();
  const request = () => {
    toasts.follow(station.request(item.id), site.item.requested);
    onClose();
  };
  return (
    <>
      <button type="button" onClick={() => onStep('share')}>
        <Icon name="share" />
        {site.share.share}
      </button>
      {item.type === 'audio' && (
        <button type="button" onClick={request}>
          <Icon name="radio" />
          {site.item.requestOnRadio}
        </button>
      )}
    </>
  );
}

function EditEntries({ onStep }: Pick<MenuDialogProps, 'onStep'>) {
  const { site } = useTexts();
  return (
    <>
      <button type="button" onClick={() => onStep('rename')}>
        <Icon name="rename" />
        {site.item.rename}
      </button>
      <button type="button" class="menu-danger" onClick={() => onStep('delete')}>
        <Icon name="trash" />
        {site.item.delete}
      </button>
    </>
  );
}

/** Asks for a new title. */
function RenameDialog({ item, onClose }: ItemDialogProps) {
  const { site } = useTexts();
  const stores = useStores();
  const [title, setTitle] = useState(item.title);
  const save = (event: Event) => {
    event.preventDefault();
    stores.toasts.follow(stores.rename(item.id, title.trim()), site.item.renamed);
    onClose();
  };
  return (
    <Dialog heading={site.item.renameHeading} onClose={onClose}>
      <form class="dialog-form" onSubmit={save}>
        <label class="field">
          <span>{site.item.title}</span>
          <input
            class="input"
            value={title}
            maxLength={300}
            required
            autoFocus
            onInput={({ currentTarget }) => setTitle(currentTarget.value)}
          />
        </label>
        <div class="dialog-buttons">
          <button type="button" class="button" onClick={onClose}>
            {site.cancel}
          </button>
          <button type="submit" class="button button-primary" disabled={title.trim() === ''}>
            {site.item.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Asks for confirmation before an item and its files are deleted. */
function DeleteDialog({ item, onClose }: ItemDialogProps) {
  const { site } = useTexts();
  const stores = useStores();
  const remove = () => {
    stores.toasts.follow(stores.delete(item.id), site.item.deleted);
    onClose();
  };
  return (
    <Dialog heading={site.item.deleteHeading} onClose={onClose}>
      <p class="dialog-text">{site.item.deleteHint(item.title)}</p>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={onClose}>
          {site.cancel}
        </button>
        <button type="button" class="button button-danger" onClick={remove}>
          <Icon name="trash" />
          {site.item.delete}
        </button>
      </div>
    </Dialog>
  );
}
