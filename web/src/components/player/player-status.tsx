import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { useStores } from '../../stores/stores.ts';
import { formatClock } from '../../format/duration.ts';
import { LiveStatus } from './live-status.tsx';
import { shortProgress } from '../../format/progress-line.ts';
import type { Playback } from '../../player/playback.ts';

interface PlayerStatusProps {
  readonly item: Media;
  readonly playback: Playback;
}

/** The state of playback below the picture: a stall and its cause, the arrived part, or a failure. */
export function PlayerStatus({ item, playback }: PlayerStatusProps) {
  const { player } = useTexts().site;
  const phase = playback.phase.value;
  if (phase.name === 'failed') {
    return <FailureNote sentence={player.failures[phase.failure]} onRetry={playback.retry} />;
  }
  const stall = phase.name === 'catching-up' ? player.catchingUp : phase.name === 'buffering' ? player.buffering : '';
  return (
    <div class="player-status">
      {item.recording === 'live' && <LiveStatus playback={playback} />}
      {item.state === 'playable' && item.recording !== 'live' && <Arrival item={item} playback={playback} />}
      <p class="player-waits" role="status">
        {stall}
      </p>
    </div>
  );
}

/** The bar of an arriving item: the played part, the playable part, and the whole duration. */
function Arrival({ item, playback }: PlayerStatusProps) {
  const texts = useTexts();
  const { player } = texts.site;
  const { jobs } = useStores();
  const progress = jobs.jobs.value.get(item.jobId ?? '')?.progress;
  const { current, watchable } = playback.clock.value;
  const total = item.durationSeconds ?? 0;
  const widthOf = (seconds: number) => (total > 0 ? `${Math.min(100, (100 * seconds) / total)}%` : '');
  return (
    <>
      <p class="player-arriving">{player.arriving(progress ? shortProgress(progress, texts) : '')}</p>
      {total > 0 && (
        <div class="arrival" role="img" aria-label={player.watchableLabel}>
          <span class="arrival-playable" style={{ width: widthOf(watchable) }} />
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
