import type { Job } from '@linkcast/contracts';
import type { SiteTexts } from '../../language/site-texts.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { problemSentence } from '../../format/problem-sentence.ts';
import { retryLine } from '../../format/retry-line.ts';
import { hostOf } from '../../format/safe-href.ts';
import { percentOf } from '../../format/progress-line.ts';
import { Icon } from '../ui/icon.tsx';
import { Poster } from '../ui/poster.tsx';
import { ProgressRing } from '../ui/progress-ring.tsx';

/** The card of a job that is not playable yet. The card of a failed job stays until it is dismissed. */
export function ArrivingCard({ job }: { readonly job: Job }) {
  const texts = useTexts();
  const title = job.title ?? hostOf(job.url);
  return (
    <article class={job.problem ? 'card card-failed' : 'card card-arriving'}>
      <div class="card-picture">
        <Poster src={null} type={job.type} id={job.id} />
        <div class="card-cover">
          {job.problem ? <Icon name="alert" /> : <ProgressRing percent={percentOf(job.progress)} label={title} />}
        </div>
      </div>
      <div class="card-text">
        <div>
          <h3 class="card-title">{title}</h3>
          <p class="card-meta">{metaLine(job, texts)}</p>
        </div>
        <CardButton job={job} title={title} />
      </div>
    </article>
  );
}

function metaLine(job: Job, texts: SiteTexts): string {
  if (job.problem) return problemSentence(job.problem, texts);
  return job.retry ? retryLine(job.retry, texts) : texts.site.jobStates[job.state];
}

function CardButton({ job, title }: { readonly job: Job; readonly title: string }) {
  const { site } = useTexts();
  const { jobs, toasts, caller } = useStores();
  const mayClick = job.problem ? caller.can('add') : caller.may('cancel-job', job.requesterId);
  if (!mayClick) return null;
  const label = job.problem ? site.dismiss : site.queue.cancel;
  const click = () => {
    if (job.problem) jobs.dismiss(job.id);
    else toasts.follow(jobs.cancel(job.id), site.queue.cancelled);
  };
  return (
    <button type="button" class="icon-button card-more" aria-label={`${label}: ${title}`} onClick={click}>
      <Icon name="close" />
    </button>
  );
}
