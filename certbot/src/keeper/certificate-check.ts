import type { CertificateStatus } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import type { Check } from '@linkcast/kit';

/** The readiness check: the certificate is valid, and nothing failed. */
export function certificateCheck({ state, notAfter, lastError }: CertificateStatus): Check {
  const ok = state === 'valid' && lastError === null;
  const detail = lastError?.sentence ?? texts.certificate.states[state](notAfter?.slice(0, 10) ?? '');
  return { name: 'certificate', ok, detail };
}
