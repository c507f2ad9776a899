import type { CertificateStatus } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { message, worded } from '@linkcast/texts';
import type { Lineage } from '../certificate/lineage.ts';
import type { Publisher, PublishFault } from '../certificate/publisher.ts';

export interface CertificatePublicationOptions {
  readonly lineage: Lineage;
  readonly publisher: Publisher;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Publishes the certificates that certbot obtains. */
export interface CertificatePublication {
  /** The failure of the last update; null: none. */
  readonly error: CertificateStatus['lastError'];
  /** Publishes certbot's pair when it differs from the published one. Null: no fault. */
  update(): Promise<PublishFault | null>;
}

export function createCertificatePublication(options: CertificatePublicationOptions): CertificatePublication {
  const { lineage, publisher, now, logger } = options;
  let error: CertificateStatus['lastError'] = null;
  return {
    get error() {
      return error;
    },
    update: async () => {
      const pair = await lineage.read();
      const isNew = pair !== null && pair.pem !== (await publisher.read())?.pem;
      const fault = isNew ? await publisher.publish(pair, now()) : null;
      error = fault === null ? null : { at: now().toISOString(), ...worded(message(`publish-${fault}`)) };
      if (fault !== null) logger.error({ fault }, 'certificate not published');
      else if (isNew)
        logger.info({ serialNumber: pair.serialNumber, notAfter: pair.notAfter }, 'certificate published');
      return fault;
    },
  };
}
