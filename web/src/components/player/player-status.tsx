import type { Media } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import { FailureNote } from '../ui/failure-note.tsx';
import { useStores } from '../../stores/stores.ts';
import { formatClock } from '../../format/duration.ts';
import { shortProgress } from '../../format/progress-line.ts';
import type { Playback } from '../../player/playback.ts';

const { player } = texts.site;

interface PlayerStatusProps {
  readonly item: Media;
  readonly playback: Playback;
}

/** What the person should know beyond the picture: why it waits, how much has arrived, what went wrong. */
export function PlayerStatus({ item, playback }: PlayerStatusProps) {
  const phase = playback.phase.value;
  if (phase.name === 'failed') {
    return <FailureNote sentence={player.failures[phase.failure]} onRetry={playback.retry} />;
  }
  const waits = phase.name === 'catching-up' ? player.catchingUp : phase.name === 'buffering' ? player.buffering : '';
  return (
    <div class="player-status">
      {item.state === 'playable' && <Arrival item={item} playback={playback} />}
      <p class="player-waits" role="status">
        {waits}
      </p>
    </div>
  );
}

/** The bar of an item that still arrives: what was played, what can be played, and the whole length. */
function Arrival({ item, playback }: PlayerStatusProps) {
  const { jobs } = useStores();
  const progress = jobs.jobs.value.get(item.jobId ?? '')?.progress;
  const { current, watchable } = playback.clock.value;
  const total = item.durationSeconds ?? 0;
  const widthOf = (seconds: number) => (total > 0 ? `${Math.min(100, (100 * seconds) / total)}%` : '');
  return (
    <>
      <p class="player-arriving">{player.arriving(progress ? shortProgress(progress) : '')}</p>
      {total > 0 && (
        <div class="arrival" role="img" aria-label={player.watchableLabel}>
          <span class="arrival-there" style={{ width: widthOf(watchable) }} />
          <span class="arrival-played" style={{ width: widthOf(current) }} />
        </div>
      )}
      <p class="player-watchable">
        {total > 0
          ? player.watchable(formatClock(Math.min(watchable, total)), formatClock(total))
          : player.watchableOnly(formatClock(watchable))}
      </p>
    </>
  );
}
