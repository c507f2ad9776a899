import {
  ApiUnavailable,
  isProblem,
  type ApiClient,
  type LeaseAnswer,
  type Work,
  type WorkReport,
} from '@linkcast/contracts';
import { pause, type Logger } from '@linkcast/kit';
import PQueue from 'p-queue';
import { WorkStopped, type WorkControl } from './work-control.ts';

/** Sends the reports of one job in order, one after the other. */
export interface ReportSender {
  /**
   * Sends a report, and retries while the API does not answer or its disk is full.
   *
   * @throws {Problem} lease-lost, verification-failed; or the reason of the signal.
   */
  send(report: WorkReport): Promise<LeaseAnswer>;
  /** Queues a report and returns. A progress report replaces an earlier one that has not been sent. */
  post(report: WorkReport): void;
  /** Resolves when every report has been sent or given up. */
  idle(): Promise<void>;
}

export interface ReportSenderOptions {
  readonly client: Pick<ApiClient, 'reportWork'>;
  readonly job: Pick<Work, 'id' | 'fence'>;
  readonly control: WorkControl;
  readonly logger: Logger;
}

const RETRY_MS = 500;

export function createReportSender({ client, job, control, logger }: ReportSenderOptions): ReportSender {
  const turns = new PQueue({ concurrency: 1 });
  const lost = control.leaseLost;
  let progress: WorkReport | undefined;

  const attempt = async (report: WorkReport): Promise<LeaseAnswer | undefined> => {
    try {
      return await client.reportWork(job.id, { fence: job.fence, report }, lost);
    } catch (error) {
      lost.throwIfAborted();
      if (isProblem(error) && error.code === 'lease-lost') control.stop(new WorkStopped('lease-lost'));
      if (!isTemporary(error)) throw error;
      await pause(RETRY_MS, lost);
      return undefined;
    }
  };

  const send = (report: WorkReport): Promise<LeaseAnswer> =>
    turns.add(async () => {
      for (;;) {
        lost.throwIfAborted();
        const answer = await attempt(report);
        if (answer) return answer;
      }
    });

  const sendUnawaited = (report: WorkReport): void => {
    send(report).catch((error: unknown) => {
      if (!lost.aborted) logger.warn({ report: report.type, err: error }, 'report refused');
    });
  };

  /** The queue holds a position only; the progress that is the latest when its turn comes is sent. */
  const sendLatestProgress = async (): Promise<void> => {
    const latest = progress;
    progress = undefined;
    if (latest) await attempt(latest).catch(() => undefined); // the next one comes within a second
  };

  return {
    send,
    post(report) {
      if (report.type !== 'progress') {
        sendUnawaited(report);
        return;
      }
      const isWaiting = progress !== undefined;
      progress = report;
      if (!isWaiting) void turns.add(sendLatestProgress);
    },
    idle: () => turns.onIdle(),
  };
}

/** True when the report may be accepted later: the API did not answer, or answered 5xx for a reason other than the report. */
function isTemporary(error: unknown): boolean {
  if (error instanceof ApiUnavailable) return true;
  return isProblem(error) && error.retryable && error.code !== 'verification-failed';
}
