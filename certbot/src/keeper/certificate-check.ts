import type { CertificateStatus } from '@linkcast/contracts';
import { message, worded } from '@linkcast/texts';
import type { Check } from '@linkcast/kit';

/** The readiness check: the certificate is valid, and nothing failed. */
export function certificateCheck({ state, notAfter, lastError }: CertificateStatus): Check {
  const ok = state === 'valid' && lastError === null;
  const detail = lastError?.sentence ?? worded(message(`certificate-${state}`, { until: notAfter ?? '' })).sentence;
  return { name: 'certificate', ok, detail };
}
