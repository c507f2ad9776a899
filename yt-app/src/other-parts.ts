import type { YtAppConfig } from './config.ts';
import { createJobTickets, type JobTickets } from './egress/job-tickets.ts';
import { createPartStatuses, type PartStatuses } from './parts/part-statuses.ts';

/** The clients of the other parts, and the tickets for one of them. */
export function createOtherParts(config: YtAppConfig): { statuses: PartStatuses; tickets: JobTickets } {
  const statuses = createPartStatuses({
    ddnsUrl: config.DDNS_URL,
    certbotUrl: config.CERTBOT_URL,
    key: config.SERVICE_KEY,
  });
  const tickets = createJobTickets({
    egressUrl: config.EGRESS_URL,
    key: config.EGRESS_KEY,
    maxBytes: config.MAX_SIZE,
    readName: statuses.readName,
  });
  return { statuses, tickets };
}
