import { useState } from 'preact/hooks';
import { resumeSecondsOf, type Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { formatClock } from '../../format/duration.ts';
import { percentOf } from '../../format/progress-line.ts';
import { hostOf } from '../../format/safe-href.ts';
import { Icon } from '../ui/icon.tsx';
import { ItemDialog } from '../item/item-dialog.tsx';
import { Poster } from '../ui/poster.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';

interface MediaCardProps {
  readonly item: Media;
  /** The line under the title. Default: its origin and age. */
  readonly meta?: string;
}

/** An item of the library: the picture links to its page, the button opens its menu. */
export function MediaCard({ item, meta }: MediaCardProps) {
  const { site, formats } = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <article class="card">
      <a class="card-link" href={item.links.page} aria-label={site.library.play(item.title)}>
        <div class="card-picture">
          <Poster src={item.poster} type={item.type} id={item.id} />
          <span class="card-play">
            <Icon name="play" />
          </span>
          {item.durationSeconds !== null && (
            <span class="badge badge-corner">
              {item.type === 'audio' && <Icon name="music" />}
              {formatClock(item.durationSeconds)}
            </span>
          )}
          {item.visibility === 'mine' && <PrivateBadge />}
          <CardState item={item} />
        </div>
      </a>
      <div class="card-text">
        <div>
          <h3 class="card-title">
            <a href={item.links.page} tabIndex={-1}>
              {item.title}
            </a>
          </h3>
          <p class="card-meta">{meta ?? [...originOf(item), formats.timeAgo(item.createdAt)].join(' · ')}</p>
        </div>
        <button
          type="button"
          class="icon-button card-more"
          aria-label={site.library.actions(item.title)}
          onClick={() => setOpen(true)}
        >
          <Icon name="more" />
        </button>
      </div>
      {open && <ItemDialog item={item} onClose={() => setOpen(false)} />}
    </article>
  );
}

function PrivateBadge() {
  const { item: words } = useTexts().site;
  return (
    <span class="badge badge-private" role="img" aria-label={words.private} title={words.private}>
      <Icon name="lock" />
    </span>
  );
}

/** Returns the uploader, else the host of the source, else nothing. */
function originOf({ uploader, sourceUrl }: Media): string[] {
  if (uploader !== null) return [uploader];
  return sourceUrl === null ? [] : [hostOf(sourceUrl)];
}

function CardState({ item }: { readonly item: Media }) {
  const { live } = useTexts().site;
  if (item.recording === 'live') return <span class="badge badge-live">{live.badge}</span>;
  return item.state === 'playable' ? <Arriving item={item} /> : <Played item={item} />;
}

function Arriving({ item }: { readonly item: Media }) {
  const { site } = useTexts();
  const { jobs } = useStores();
  const progress = jobs.jobs.value.get(item.jobId ?? '')?.progress;
  const percent = progress ? percentOf(progress) : null;
  return (
    <>
      <span class="badge badge-live">
        {percent === null ? site.progress.arriving : site.progress.percent(percent)}
        <Icon name="download" />
      </span>
      <ProgressBar ratio={progress?.ratio ?? null} label={site.progress.label(item.title)} />
    </>
  );
}

/** The mark of a watched item, or the played part of one that was begun. */
function Played({ item }: { readonly item: Media }) {
  const { library: words } = useTexts().site;
  const { positions } = useStores();
  const position = positions.of(item.id);
  if (position?.isWatched)
    return (
      <span class="badge badge-watched">
        <Icon name="check" />
        {words.watched[item.type]}
      </span>
    );
  const seconds = resumeSecondsOf(position);
  if (seconds === 0 || item.durationSeconds === null) return null;
  return (
    <div class="played" role="img" aria-label={words.playedUpTo(formatClock(seconds))}>
      <span style={{ width: `${Math.min(100, (100 * seconds) / item.durationSeconds)}%` }} />
    </div>
  );
}
