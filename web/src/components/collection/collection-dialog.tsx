import { useState } from 'preact/hooks';
import type { Collection } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Dialog } from '../ui/dialogs/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { NameDialog } from '../ui/dialogs/name-dialog.tsx';

interface CollectionDialogProps {
  readonly collection: Collection;
  /** Called after a change. */
  readonly onChanged: () => void;
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}

/** The menu of a collection: rename, change who sees it, delete. */
export function CollectionDialog({ collection, onChanged, onDeleted, onClose }: CollectionDialogProps) {
  const { collections: words, item } = useTexts().site;
  const { collections, toasts, caller } = useStores();
  const [step, setStep] = useState<'menu' | 'rename' | 'delete'>('menu');
  const change = (patch: { title?: string; visibility?: Collection['visibility'] }, done: string) => {
    toasts.follow(collections.patchCollection(collection.id, patch).then(onChanged), done);
    onClose();
  };
  if (step === 'rename') {
    const texts = { heading: words.renameHeading, label: item.title, value: collection.title };
    return (
      <NameDialog {...texts} maxLength={300} onSave={(title) => change({ title }, item.renamed)} onClose={onClose} />
    );
  }
  if (step === 'delete') return <DeleteDialog {...{ collection, onDeleted, onClose }} />;
  const isOpen = collection.visibility === 'everyone';
  return (
    <Dialog heading={collection.title} onClose={onClose}>
      <div class="menu">
        <button
          type="button"
          onClick={() =>
            change({ visibility: isOpen ? 'mine' : 'everyone' }, isOpen ? words.madePrivate : words.madeOpen)
          }
        >
          <Icon name={isOpen ? 'lock' : 'people'} />
          {isOpen ? words.makePrivate : words.makeOpen}
        </button>
        <button type="button" onClick={() => setStep('rename')}>
          <Icon name="rename" />
          {item.rename}
        </button>
        {caller.may('delete-collection', collection.personId) && (
          <button type="button" class="menu-danger" onClick={() => setStep('delete')}>
            <Icon name="trash" />
            {words.delete}
          </button>
        )}
      </div>
    </Dialog>
  );
}

type DeleteDialogProps = Omit<CollectionDialogProps, 'onChanged'>;

/** Asks before a collection is deleted, and whether its items are moved to the trash. */
function DeleteDialog({ collection: { id, title }, onDeleted, onClose }: DeleteDialogProps) {
  const { site } = useTexts();
  const { collections: words } = site;
  const { collections, toasts } = useStores();
  const [withItems, setWithItems] = useState(false);
  const remove = async (): Promise<void> => {
    const { trashed } = await collections.deleteCollection(id, withItems ? 'trash' : 'keep');
    toasts.show('done', trashed > 0 ? words.deletedWith(trashed) : words.deleted);
    onDeleted();
  };
  const confirm = () => {
    toasts.follow(remove());
    onClose();
  };
  return (
    <Dialog heading={words.deleteHeading} onClose={onClose}>
      <p class="note-text">{words.deleteHint(title)}</p>
      <label class="check-field">
        <input
          type="checkbox"
          checked={withItems}
          onChange={({ currentTarget }) => setWithItems(currentTarget.checked)}
        />
        <span>{words.withItems}</span>
      </label>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={onClose}>
          {site.cancel}
        </button>
        <button type="button" class="button button-danger" onClick={confirm}>
          <Icon name="trash" />
          {words.delete}
        </button>
      </div>
    </Dialog>
  );
}
