import { useTexts } from '../../language/texts-context.ts';
import { formatClock } from '../../format/duration.ts';
import type { Playback } from '../../player/playback.ts';
import { Icon } from '../ui/icon.tsx';

/** Players stay some segments behind the end of what is recorded: within this time they are at the edge. */
const EDGE_SECONDS = 25;

/** The mark of a live item: how far playback is behind, the way back to the edge, and the duration that is recorded. */
export function LiveStatus({ playback }: { readonly playback: Playback }) {
  const { live } = useTexts().site;
  const { current, watchable } = playback.clock.value;
  const behind = Math.max(0, watchable - current);
  const isAtEdge = behind < EDGE_SECONDS;
  return (
    <>
      <p class="player-live">
        <strong class={isAtEdge ? 'live-mark live-mark-edge' : 'live-mark'}>{live.badge}</strong>
        <span>{isAtEdge ? live.atEdge : live.behind(formatClock(behind))}</span>
        {!isAtEdge && (
          <button type="button" class="choice choice-button" onClick={playback.goLive}>
            <Icon name="skip" />
            <span>{live.goLive}</span>
          </button>
        )}
      </p>
      <p class="player-watchable">{live.recorded(formatClock(watchable))}</p>
    </>
  );
}
