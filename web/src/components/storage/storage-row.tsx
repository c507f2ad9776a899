import type { ComponentChildren } from 'preact';
import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { Icon } from '../ui/icon.tsx';
import { Poster } from '../ui/poster.tsx';

interface StorageRowProps {
  readonly item: Media;
  /** The line below the title, after the size. */
  readonly details: readonly string[];
  readonly children: ComponentChildren;
}

/** An item with its size and its buttons. */
export function StorageRow({ item, details, children }: StorageRowProps) {
  const { formats } = useTexts();
  const { id, title, poster, type, links, bytes } = item;
  return (
    <li class="row storage-row">
      <Poster src={poster} type={type} id={id} />
      <div class="row-text">
        <a href={links.page}>
          <strong>{title}</strong>
        </a>
        <small>{[formats.bytes(bytes), ...details].join(' · ')}</small>
      </div>
      <div class="storage-buttons">{children}</div>
    </li>
  );
}

interface KeepOrDeleteProps {
  readonly title: string;
  readonly isKept?: boolean;
  readonly onKeep: () => void;
  readonly onDelete: () => void;
}

/** The buttons of an item that goes, or takes much space. */
export function KeepOrDelete({ title, isKept = false, onKeep, onDelete }: KeepOrDeleteProps) {
  const { storage: words } = useTexts().site;
  return (
    <>
      <button
        type="button"
        class="button button-small"
        aria-label={words.keepTitle(title)}
        aria-pressed={isKept}
        onClick={onKeep}
      >
        <Icon name={isKept ? 'check' : 'pin'} />
        <span>{words.keep}</span>
      </button>
      <button type="button" class="button button-small" aria-label={words.deleteTitle(title)} onClick={onDelete}>
        <Icon name="trash" />
        <span>{words.delete}</span>
      </button>
    </>
  );
}
