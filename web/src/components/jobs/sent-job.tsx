import { useEffect } from 'preact/hooks';
import { paths } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useWaiting } from '../../connection/use-waiting.ts';
import { useStores } from '../../stores/stores.ts';
import { problemSentence } from '../../format/problem-sentence.ts';
import { percentOf, progressLine } from '../../format/progress-line.ts';
import { retryLine } from '../../format/retry-line.ts';
import { hostOf } from '../../format/safe-href.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { Icon } from '../ui/icon.tsx';
import { ProgressRing } from '../ui/progress-ring.tsx';

interface SentJobProps {
  readonly id: string;
  readonly onAnother: () => void;
}

/** The job that was just sent, with live progress. The button to play it appears as soon as it is playable. */
export function SentJob({ id, onAnother }: SentJobProps) {
  const texts = useTexts();
  const { add: words } = texts.site;
  const { jobs, toasts } = useStores();
  useEffect(() => toasts.follow(jobs.ensure(id)), [id]);
  const job = jobs.jobs.value.get(id);
  useWaiting(id, job?.state === 'queued');
  if (!job) return null;
  const title = job.title ?? hostOf(job.url);
  return (
    <div class="sent-job">
      <ProgressRing percent={percentOf(job.progress)} label={title} />
      <h1>{title}</h1>
      {job.problem ? (
        <FailureNote sentence={problemSentence(job.problem, texts)} onRetry={() => toasts.follow(jobs.retry(id))} />
      ) : (
        <p class="lead">{job.retry ? retryLine(job.retry, texts) : progressLine(job, texts)}</p>
      )}
      {job.children && <p class="lead">{texts.site.queue.children(job.children)}</p>}
      <div role="status">
        {job.playable && job.links.page !== null && (
          <a class="button button-primary button-large" href={job.links.page}>
            <Icon name="play" />
            {job.type === 'video' ? words.watchNow : words.listenNow}
          </a>
        )}
      </div>
      <div class="actions">
        <button type="button" class="button" onClick={onAnother}>
          <Icon name="add" />
          {words.another}
        </button>
        <a class="button" href={paths.queue}>
          <Icon name="queue" />
          {words.openQueue}
        </a>
      </div>
    </div>
  );
}
