import { useEffect } from 'preact/hooks';
import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { MediaCard } from './media-card.tsx';

/** The items that the person has begun, on top of the library; nothing without any, and during a search. */
export function ContinueRow() {
  const { library: words } = useTexts().site;
  const { continued, library, positions } = useStores();
  const isPersonal = positions.isPersonal();
  useEffect(() => void continued.load(), [isPersonal]);
  const { type, q } = library.query.value;
  const items = continued.items.value.filter((item) => type === undefined || item.type === type);
  if (items.length === 0 || q !== '') return null;
  return (
    <section class="continue" aria-labelledby="continue-heading">
      <h2 id="continue-heading">{words.continue}</h2>
      <div class="continue-items">
        {items.map((item) => (
          <BegunCard key={item.id} item={item} />
        ))}
      </div>
    </section>
  );
}

/** A card with the time that is left instead of the age. */
function BegunCard({ item }: { readonly item: Media }) {
  const { library: words } = useTexts().site;
  const { positions } = useStores();
  const { durationSeconds } = item;
  const seconds = positions.of(item.id)?.seconds ?? 0;
  const left = durationSeconds === null ? '' : words.timeLeft(Math.max(0, durationSeconds - seconds));
  return <MediaCard item={item} meta={left} />;
}
