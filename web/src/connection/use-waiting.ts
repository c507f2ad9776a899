import { useEffect } from 'preact/hooks';
import { endpoints } from '@linkcast/contracts';

/**
 * Tells the server that the person waits for a job: it gives the job priority while its event stream is open. The events themselves
 * come with those of everything else. A hidden tab waits for nothing.
 */
export function useWaiting(jobId: string, isWaiting: boolean): void {
  useEffect(() => {
    if (!isWaiting) return undefined;
    let stream: EventSource | undefined;
    const follow = () => {
      stream?.close();
      stream = document.visibilityState === 'visible' ? new EventSource(pathOf(jobId)) : undefined;
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      stream?.close();
    };
  }, [jobId, isWaiting]);
}

function pathOf(jobId: string): string {
  return endpoints.jobEvents.path.replace(':id', encodeURIComponent(jobId));
}
