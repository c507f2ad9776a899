import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { startMarkSkipper, type MarkSkipper } from '../../player/mark-skipper.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';

interface PlayerMarksProps {
  readonly element: RefObject<HTMLMediaElement | null>;
  readonly item: Media;
}

/** The marks of the item below the picture, and what skips them. Nothing for a person who has not chosen it. */
export function PlayerMarks({ element, item }: PlayerMarksProps) {
  const { preferences } = useStores();
  const choice = preferences.current.value.marks;
  const skipper = useSignal<MarkSkipper | undefined>(undefined);
  const marks = JSON.stringify(item.marks); // an event about the item brings an equal list
  useEffect(() => {
    if (!element.current || choice === null || item.marks.length === 0) return;
    const started = startMarkSkipper(element.current, item.marks, choice);
    skipper.value = started;
    return () => {
      skipper.value = undefined;
      started.stop();
    };
  }, [choice, marks]);
  if (choice === null || item.marks.length === 0) return null;
  return (
    <div class="player-marks">
      <MarkBar item={item} />
      {skipper.value && <SkipButton skipper={skipper.value} />}
    </div>
  );
}

/** Shows where the marks are. */
function MarkBar({ item: { marks, durationSeconds } }: Pick<PlayerMarksProps, 'item'>) {
  const { marks: words } = useTexts().site;
  const total = durationSeconds ?? 0;
  if (total <= 0) return null;
  const share = (seconds: number) => `${Math.min(100, (100 * seconds) / total)}%`;
  return (
    <div class="mark-bar" role="img" aria-label={words.bar(marks.length)}>
      {marks.map(({ start, end, category }) => (
        <span key={start} title={words.names[category]} style={{ left: share(start), width: share(end - start) }} />
      ))}
    </div>
  );
}

function SkipButton({ skipper }: { readonly skipper: MarkSkipper }) {
  const { marks: words } = useTexts().site;
  const { offered, skipped } = skipper;
  if (offered.value) {
    return (
      <button type="button" class="choice choice-button" onClick={() => skipper.skip()}>
        <Icon name="skip" />
        <span>{words.skip(words.names[offered.value.category])}</span>
      </button>
    );
  }
  if (!skipped.value) return null;
  return (
    <button type="button" class="choice choice-button" onClick={() => skipper.undo()}>
      <Icon name="retry" />
      <span>{words.undo(words.names[skipped.value.category])}</span>
    </button>
  );
}
