import { isEnded, type Job } from '@linkcast/contracts';
import { triedSentence } from '@linkcast/texts/tried-ways';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { jobLine } from '../../format/job-line.ts';
import { hostOf } from '../../format/safe-href.ts';
import { Icon } from '../ui/icon.tsx';
import { StopButton } from '../item/stop-button.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';

/** A job in the queue: title, progress, and its buttons. */
export function JobRow({ job }: { readonly job: Job }) {
  const texts = useTexts();
  const { site } = texts;
  const title = job.title ?? hostOf(job.url);
  const ended = isEnded(job.state);
  const tried = triedSentence(job.tried, site.tried, texts.problems);
  return (
    <li class={`job job-${job.state}`}>
      <span class="job-type">
        <Icon name={job.type === 'video' ? 'video' : 'music'} />
      </span>
      <div class="job-text">
        <h3>{job.links.page === null ? title : <a href={job.links.page}>{title}</a>}</h3>
        <p>{jobLine(job, texts)}</p>
        {tried !== '' && <p class="job-tried">{tried}</p>}
        {!ended && job.state !== 'queued' && (
          <ProgressBar ratio={job.progress.ratio} label={site.progress.label(title)} />
        )}
      </div>
      <JobButtons job={job} title={title} />
    </li>
  );
}

function JobButtons({ job, title }: { readonly job: Job; readonly title: string }) {
  const { site } = useTexts();
  const { jobs, toasts, caller } = useStores();
  const isRetryable = job.state === 'failed' || job.state === 'cancelled' || job.retry !== null;
  return (
    <div class="job-buttons">
      {job.playable && job.links.page !== null && (
        <a class={isEnded(job.state) ? 'button' : 'button button-primary'} href={job.links.page}>
          <Icon name="play" />
          {job.type === 'video' ? site.queue.watch : site.queue.listen}
        </a>
      )}
      {isRetryable && caller.may('retry-job', job.requesterId) && (
        <button type="button" class="button" onClick={() => toasts.follow(jobs.retry(job.id))}>
          <Icon name="retry" />
          {job.retry ? site.queue.retryNow : site.queue.retry}
        </button>
      )}
      <StopButton jobId={job.id} requesterId={job.requesterId} />
      {!isEnded(job.state) && caller.may('cancel-job', job.requesterId) && (
        <button
          type="button"
          class="icon-button"
          aria-label={`${site.queue.cancel}: ${title}`}
          onClick={() => toasts.follow(jobs.cancel(job.id), site.queue.cancelled)}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
