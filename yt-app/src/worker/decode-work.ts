import { isProblem, Problem, type ApiClient, type DecodeWork, type WorkReport } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { DecodeItem } from '../pipeline/pipeline.ts';
import { createReportSender } from './report-sender.ts';
import { WorkStopped, type WorkControl } from './work-control.ts';

export interface DecodeWorkOptions {
  readonly client: Pick<ApiClient, 'reportWork'>;
  readonly decodeItem: DecodeItem;
  readonly logger: Logger;
}

/** Decodes a published item and reports what cannot be decoded. */
export type RunDecodeWork = (work: DecodeWork, control: WorkControl) => Promise<void>;

export function createDecodeWork({ client, decodeItem, logger }: DecodeWorkOptions): RunDecodeWork {
  return async (work, control) => {
    const log = logger.child({ mediaId: work.mediaId });
    log.debug('decode started');
    const report: WorkReport = await decodeItem(work, control.signal).then(
      (damage) => ({ type: 'decoded', damage }),
      (error: unknown) => failureReport(error, log),
    );
    await createReportSender({ client, job: work, control, logger: log })
      .send(report)
      .catch((refusal: unknown) => log.debug({ err: refusal }, 'decode not reported')); // it is given out again
  };
}

/** Whatever fails besides a decoder reveals nothing about the content of the item. */
function failureReport(error: unknown, logger: Logger): WorkReport {
  if (error instanceof WorkStopped) return { type: 'stopped' };
  logger.warn({ err: error }, 'item not decoded');
  const { code } = isProblem(error) ? error : new Problem('internal');
  return { type: 'failed', problem: { code } };
}
