import {
  upkeepCheckNames,
  type CertificateStatus,
  type Health,
  type Message,
  type NameStatus,
  type Reachability,
} from '@linkcast/contracts';
import { message, worded } from '@linkcast/texts';

export interface CheckedUpkeep {
  readonly name: NameStatus | null;
  readonly certificate: CertificateStatus | null;
  readonly reachability: Reachability;
}

/** Name, certificate and reachability as checks among the others. None without a public name. */
export function upkeepChecks(
  domain: string | null,
  { name, certificate, reachability }: CheckedUpkeep,
): Health['checks'] {
  if (domain === null) return [];
  const isReachable = reachability.state === 'reachable' || reachability.state === 'unknown';
  return [
    { name: upkeepCheckNames.name, ...nameCheck(domain, name) },
    { name: upkeepCheckNames.certificate, ...certificateCheck(certificate) },
    {
      name: upkeepCheckNames.reachable,
      ok: isReachable,
      detail: reachability.sentence,
      ...(reachability.message && { message: reachability.message }),
    },
  ];
}

type CheckResult = Omit<Health['checks'][number], 'name'>;

function nameCheck(domain: string, name: NameStatus | null): CheckResult {
  if (name === null || name.state === 'off') return result(false, message('silent'));
  const isBad = name.state === 'wrong' || name.state === 'failing';
  const reported = message(`name-check-${name.state}`, { name: domain });
  if (!isBad || !name.lastError) return result(!isBad, reported);
  const { sentence, message: cause } = name.lastError;
  const detail = `${worded(reported).sentence}: ${sentence}`;
  return { ok: false, detail, ...(cause && { message: { ...reported, cause } }) };
}

function certificateCheck(certificate: CertificateStatus | null): CheckResult {
  const until = certificate?.notAfter ?? '';
  switch (certificate?.state) {
    case 'valid':
    case 'due':
      return result(true, message(`certificate-${certificate.state}`, { until }));
    case 'expired':
      return result(false, message('certificate-expired', { until }));
    case 'missing':
      return result(false, certificate.lastError?.message ?? message('certificate-missing'));
    case 'off':
    case undefined:
      return result(false, message('silent'));
  }
}

function result(ok: boolean, reported: Message): CheckResult {
  const { sentence: detail } = worded(reported);
  return { ok, detail, message: reported };
}
