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
import { WorkStopped, type WorkControl } from './stop-reasons.ts';

/** Sends the reports of one piece of work, one after the other, in the order in which they were given. */
export interface ReportSender {
  /**
   * Sends a report, again and again while the API does not answer or its disk is full.
   *
   * @throws {Problem} lease-lost, verification-failed; or the signal's reason.
   */
  send(report: WorkReport): Promise<LeaseAnswer>;
  /** Sends a report that nobody waits for. A later progress replaces one that has not been sent. */
  post(report: WorkReport): void;
  /** Resolves when everything has been sent, or given up. */
  idle(): Promise<void>;
}

export interface ReportSenderOptions {
  readonly client: Pick<ApiClient, 'reportWork'>;
  readonly work: Pick<Work, 'id' | 'fence'>;
  readonly control: WorkControl;
  readonly logger: Logger;
}

const RETRY_MS = 500;

export function createReportSender({ client, work, control, logger }: ReportSenderOptions): ReportSender {
  const turns = new PQueue({ concurrency: 1 });
  const lost = control.leaseLost;
  let progress: WorkReport | undefined;

  const attempt = async (report: WorkReport): Promise<LeaseAnswer | undefined> => {
    try {
      return await client.reportWork(work.id, { fence: work.fence, report }, lost);
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

  const sendAlone = (report: WorkReport): void => {
    send(report).catch((error: unknown) => {
      if (!lost.aborted) logger.warn({ workId: work.id, report: report.type, err: error }, 'report refused');
    });
  };

  /** What waits in the queue is a place; which progress goes there is decided when its turn comes. */
  const sendLatestProgress = async (): Promise<void> => {
    const latest = progress;
    progress = undefined;
    if (latest) await attempt(latest).catch(() => undefined); // the next one comes within a second
  };

  return {
    send,
    post(report) {
      if (report.type !== 'progress') {
        sendAlone(report);
        return;
      }
      const isWaiting = progress !== undefined;
      progress = report;
      if (!isWaiting) void turns.add(sendLatestProgress);
    },
    idle: () => turns.onIdle(),
  };
}

/** Everything but a refusal of this very report: 5xx without a verdict on it, and no answer at all. */
function isTemporary(error: unknown): boolean {
  if (error instanceof ApiUnavailable) return true;
  return isProblem(error) && error.retryable && error.code !== 'verification-failed';
}
