import type { Logger } from '@linkcast/kit';
import type { Ending } from '../requests/ending.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { RequestStore } from '../requests/request-store.ts';

/** Stores the ending of a request, and logs it. The caller wakes the dispatcher, which reports it. */
export function endRequest(
  { id, key, jobId }: MediaRequest,
  ending: Ending,
  { requests, logger }: { readonly requests: RequestStore; readonly logger: Logger },
): void {
  requests.end(id, ending);
  logger.info(
    { requestId: key, jobId, ending: ending.kind === 'job' ? ending.job.state : ending.kind },
    'request ended',
  );
}
