import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  isProblem,
  Problem,
  type ApiClient,
  type DeliveredFile,
  type DeliveryWork,
  type DeliveredItem,
  type WorkReport,
} from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { WithItemFiles } from '../../pipeline/pipeline.ts';
import { createReportSender } from '../report-sender.ts';
import { WorkStopped, type WorkControl } from '../work-control.ts';
import { deliverFiles } from './deliver-files.ts';
import { openTarget } from './open-target.ts';
import { folderProblem } from './folder-problem.ts';
import { placeIn, type TargetFolder } from './target-folder.ts';

export interface DeliveryWorkOptions {
  readonly client: Pick<ApiClient, 'reportWork'>;
  readonly withItemFiles: WithItemFiles;
  /** DELIVERY_DIR; undefined: it is not set. */
  readonly directory: string | undefined;
  readonly logger: Logger;
  /** Milliseconds without a byte after which a server counts as unreachable. Default a minute. */
  readonly idleMs?: number;
}

/** Delivers an item to a target, or tries the target, and reports the end. */
export type RunDeliveryWork = (work: DeliveryWork, control: WorkControl) => Promise<void>;

const IDLE_MS = 60_000;
/** The time that a person waits for a trial at most. */
const TRIAL_MS = 45_000;
/** Larger files are compared by their size: reading them back would take as long again as sending them. */
const MOST_READ_BACK = 8e9;

export function createDeliveryWork(options: DeliveryWorkOptions): RunDeliveryWork {
  const { client, logger } = options;
  return async (work, control) => {
    const log = logger.child({ deliveryId: work.id, ...(work.item && { mediaId: work.item.mediaId }) });
    const { kind } = work.target;
    log.info({ kind }, work.item ? 'delivery started' : 'trial of a target started');
    const report = await (work.item
      ? deliver({ ...work, item: work.item }, options, control)
      : attempt(work, options, control));
    if (report.type === 'failed') log.warn({ kind, problem: report.problem.code }, 'item not delivered');
    if (report.type === 'delivered') log.info({ kind, ...sentOf(report.file) }, 'item delivered');
    await createReportSender({ client, job: work, control, logger: log })
      .send(report)
      .catch((refusal: unknown) => log.debug({ err: refusal }, 'delivery not reported')); // it is given out again
  };
}

/** The path has a title in it, which may be private: not for the log. */
function sentOf({ bytes, proof }: DeliveredFile) {
  return { bytes, proof };
}

async function deliver(
  work: DeliveryWork & { readonly item: DeliveredItem },
  { withItemFiles, directory, logger, idleMs = IDLE_MS }: DeliveryWorkOptions,
  { signal }: WorkControl,
): Promise<WorkReport> {
  const { item, target } = work;
  try {
    const file = await withItemFiles(
      work,
      (files) =>
        inTarget(work, { directory, idleMs, signal, onPin: () => undefined }, (folder) =>
          deliverFiles(folder, files, {
            ...{ item, layout: target.layout, root: target.folder, signal, mostReadBack: MOST_READ_BACK },
          }),
        ),
      signal,
    );
    return { type: 'delivered', file };
  } catch (error) {
    return failureReport(error, signal, logger);
  }
}

async function attempt(
  work: DeliveryWork,
  { directory, logger, idleMs = IDLE_MS }: DeliveryWorkOptions,
  control: WorkControl,
): Promise<WorkReport> {
  let pin: string | null = null;
  const signal = AbortSignal.any([control.signal, AbortSignal.timeout(TRIAL_MS)]);
  try {
    await inTarget(work, { directory, idleMs, signal, onPin: (found) => (pin = found) }, (folder) =>
      writeTrial(folder, work),
    );
    return { type: 'tried', pin, problem: null };
  } catch (error) {
    const late = control.signal.aborted || !signal.aborted ? error : new Problem('delivery-unreachable');
    const report = failureReport(late, control.signal, logger);
    return report.type === 'failed' ? { type: 'tried', pin, problem: report.problem } : report;
  }
}

/** Writes a small file, reads it back, and deletes it. */
async function writeTrial(folder: TargetFolder, { id, fence, target }: DeliveryWork): Promise<void> {
  const localFile = path.join(tmpdir(), `linkcast-trial-${id}.${fence}`);
  const place = placeIn(target.folder, `.linkcast-trial-${id}`);
  await writeFile(localFile, id, { mode: 0o600 });
  try {
    await folder.makeFolder(target.folder);
    await folder.remove(place);
    await folder.write(place, localFile);
    if ((await folder.size(place)) !== id.length) throw new Problem('delivery-mismatch');
    await folder.remove(place);
  } finally {
    await rm(localFile, { force: true });
  }
}

async function inTarget<Result>(
  work: DeliveryWork,
  options: Parameters<typeof openTarget>[1],
  use: (folder: TargetFolder) => Promise<Result>,
): Promise<Result> {
  const folder = await openTarget(work, options);
  try {
    return await use(folder);
  } finally {
    folder.close();
  }
}

function failureReport(error: unknown, signal: AbortSignal, logger: Logger): WorkReport {
  if (signal.aborted || error instanceof WorkStopped) return { type: 'stopped' };
  const problem = isProblem(error) ? error : folderProblem(error);
  if (!problem) logger.error({ err: error }, 'delivery failed');
  const { code, facts } = problem ?? new Problem('internal');
  return { type: 'failed', problem: { code, ...(facts.host === undefined ? {} : { host: facts.host }) } };
}
