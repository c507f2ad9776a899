import { paths, type StationTrack } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { formatClock } from '../../format/duration.ts';
import { Poster } from '../ui/poster.tsx';

interface TrackListProps {
  readonly heading: string;
  readonly tracks: readonly StationTrack[];
  /** Shown when there are no tracks. */
  readonly empty: string;
}

/** A list of the station's tracks: the next ones or the history. */
export function TrackList({ heading, tracks, empty }: TrackListProps) {
  return (
    <section class="track-section">
      <h2>{heading}</h2>
      {tracks.length === 0 && <p class="track-empty">{empty}</p>}
      <ol class="track-list">
        {tracks.map((track, index) => (
          <TrackRow key={`${track.mediaId} ${track.startedAt ?? index}`} track={track} />
        ))}
      </ol>
    </section>
  );
}

function TrackRow({ track }: { readonly track: StationTrack }) {
  const { site, formats } = useTexts();
  const { mediaId, title, uploader, poster, requested, durationSeconds, startedAt } = track;
  const time =
    startedAt === null ? durationSeconds !== null && formatClock(durationSeconds) : formats.timeAgo(startedAt);
  return (
    <li>
      <a class="track" href={paths.listen(mediaId)}>
        <span class="track-picture">
          <Poster src={poster} type="audio" id={mediaId} />
        </span>
        <span class="track-text">
          <strong>{title}</strong>
          {uploader !== null && <small>{uploader}</small>}
        </span>
        {requested && startedAt === null && <span class="tag">{site.radio.requested}</span>}
        <small class="track-time">{time}</small>
      </a>
    </li>
  );
}
