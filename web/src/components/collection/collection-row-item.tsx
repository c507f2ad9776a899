import type { Collection, CollectionItem } from '@linkcast/contracts';
import { formatClock } from '../../format/duration.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';
import { Poster } from '../ui/poster.tsx';

interface CollectionRowItemProps {
  readonly collection: Collection;
  readonly entry: CollectionItem;
}

/** An item of a collection: its place, its picture, and a link that plays it within the collection. */
export function CollectionRowItem({ collection, entry: { position, media } }: CollectionRowItemProps) {
  const { site } = useTexts();
  const { positions } = useStores();
  const { id, title, type, poster, durationSeconds, uploader, visibility } = media;
  const facts = [
    ...(uploader === null ? [] : [uploader]),
    ...(durationSeconds === null ? [] : [formatClock(durationSeconds)]),
    ...(visibility === 'mine' ? [site.item.private] : []),
    ...(media.state === 'playable' ? [site.progress.arriving] : []),
  ];
  return (
    <li class="row collection-item">
      <span class="collection-position">{position}</span>
      <Poster src={poster} type={type} id={id} />
      <div class="row-text">
        <strong>
          <a href={playLink(collection, media)}>{title}</a>
        </strong>
        <small>{facts.join(' · ')}</small>
      </div>
      {(positions.of(id) ?? media.position)?.isWatched && (
        <span class="collection-watched" role="img" aria-label={site.library.watched[type]}>
          <Icon name="check" />
        </span>
      )}
    </li>
  );
}

/** The page that plays an item, and leads to the next one of the collection. */
export function playLink({ id }: Collection, { links }: CollectionItem['media']): string {
  return `${links.page}?collection=${id}`;
}
