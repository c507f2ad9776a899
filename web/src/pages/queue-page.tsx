import { useEffect } from 'preact/hooks';
import { paths, type Job } from '@linkcast/contracts';
import { useTexts } from '../language/texts-context.ts';
import { EmptyState } from '../components/ui/empty-state.tsx';
import { FailureNote } from '../components/ui/failure-note.tsx';
import { Icon } from '../components/ui/icon.tsx';
import { JobRow } from '../components/jobs/job-row.tsx';
import { NoticeList } from '../components/notices/notice-list.tsx';
import { LoadMore } from '../components/ui/load-more.tsx';
import { groupJobs } from '../stores/job-list.ts';
import { useStores } from '../stores/stores.ts';
import { usePageTitle } from '../components/ui/page-title.ts';

/** `/queue`: the jobs, grouped by state. */
export function QueuePage() {
  const { site } = useTexts();
  const { jobs, caller } = useStores();
  usePageTitle(site.titles.queue);
  useEffect(() => void jobs.load(), []);
  return (
    <div class="queue-page">
      <header class="list-header">
        <h1>{site.queue.heading}</h1>
        {caller.isSignedIn.value && (
          <a class="button" href={paths.following}>
            {site.following.open}
          </a>
        )}
      </header>
      <NoticeList />
      <QueueContent />
    </div>
  );
}

function QueueContent() {
  const { site } = useTexts();
  const { jobs } = useStores();
  const all = jobs.newest.value;
  const { active, waiting, failed, finished } = groupJobs(all);
  if (all.length === 0) return <NoJobs />;
  return (
    <>
      {active.length + waiting.length === 0 && <p class="queue-idle">{site.queue.idle}</p>}
      <JobSection heading={site.queue.active} jobs={active} />
      <JobSection heading={site.queue.waiting} hint={waiting.length > 1 ? site.queue.turns : ''} jobs={waiting} />
      <JobSection heading={site.queue.failed} jobs={failed} />
      <JobSection heading={site.queue.finished} jobs={finished} />
      <LoadMore cursor={jobs.nextCursor.value} text={site.queue.more} onReach={jobs.loadMore} />
    </>
  );
}

function NoJobs() {
  const { site } = useTexts();
  const { jobs } = useStores();
  if (jobs.phase.value === 'failed') {
    return <FailureNote sentence={jobs.failure.value} onRetry={() => void jobs.load()} />;
  }
  if (jobs.phase.value === 'loading')
    return <div class="skeleton-list" role="status" aria-label={site.queue.loading} />;
  return (
    <EmptyState icon="queue" heading={site.queue.empty} hint={site.queue.emptyHint}>
      <a class="button button-primary" href={paths.add}>
        <Icon name="add" />
        {site.titles.add}
      </a>
    </EmptyState>
  );
}

interface JobSectionProps {
  readonly heading: string;
  /** A sentence below the heading; empty: none. */
  readonly hint?: string;
  readonly jobs: readonly Job[];
}

function JobSection({ heading, hint = '', jobs }: JobSectionProps) {
  if (jobs.length === 0) return null;
  return (
    <section class="job-section">
      <h2>
        {heading} <small>{jobs.length}</small>
      </h2>
      {hint !== '' && <p class="queue-hint">{hint}</p>}
      <ul class="job-list">
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}
