import { CertificateStatus, NameStatus } from '@linkcast/contracts';
import { CERTIFICATE_OFF, NAME_OFF } from './off-status.ts';
import { createStatusClient, type StatusClient } from './status-client.ts';

/** The statuses of the parts that maintain the public name and its certificate. */
export interface PartStatuses {
  readonly readName: StatusClient<NameStatus>;
  readonly readCertificate: StatusClient<CertificateStatus>;
}

export interface PartStatusesOptions {
  /** Root of the DDNS updater; undefined: none runs. */
  readonly ddnsUrl: string | undefined;
  /** Root of certbot's keeper; undefined: none runs. */
  readonly certbotUrl: string | undefined;
  /** yt-app's own key. */
  readonly key: string | undefined;
  readonly clock?: () => number;
}

export function createPartStatuses({ ddnsUrl, certbotUrl, ...options }: PartStatusesOptions): PartStatuses {
  return {
    readName: createStatusClient({ ...options, url: ddnsUrl ?? NAME_OFF, schema: NameStatus }),
    readCertificate: createStatusClient({
      ...options,
      url: certbotUrl ?? CERTIFICATE_OFF,
      schema: CertificateStatus,
    }),
  };
}
