import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';

interface StopButtonProps {
  /** Null: unknown. */
  readonly jobId: string | null;
  readonly requesterId: string | null;
}

/** Ends the recording of a live source; nothing for a job that has none, or of somebody else. */
export function StopButton({ jobId, requesterId }: StopButtonProps) {
  const { live } = useTexts().site;
  const { jobs, toasts, caller } = useStores();
  const job = jobs.jobs.value.get(jobId ?? '');
  if (job?.live?.isStopping !== false || !caller.may('cancel-job', requesterId)) return null;
  return (
    <button type="button" class="button" onClick={() => toasts.follow(jobs.stop(job.id), live.stopped)}>
      <Icon name="stop" />
      {live.stop}
    </button>
  );
}
