import type { CertificateStatus, Health, NameStatus, Reachability } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import { readableDate } from './readable-date.ts';

export interface CheckedUpkeep {
  readonly name: NameStatus | null;
  readonly certificate: CertificateStatus | null;
  readonly reachability: Reachability;
}

const say = texts.upkeep;

/** Name, certificate and reachability as checks among the others. None without a public name. */
export function upkeepChecks(
  domain: string | null,
  { name, certificate, reachability }: CheckedUpkeep,
): Health['checks'] {
  if (domain === null) return [];
  const isReachable = reachability.state === 'reachable' || reachability.state === 'unknown';
  return [
    { name: say.checks.name, ...nameCheck(domain, name) },
    { name: say.checks.certificate, ...certificateCheck(certificate) },
    { name: say.checks.reachable, ok: isReachable, detail: reachability.sentence },
  ];
}

function nameCheck(domain: string, name: NameStatus | null): { ok: boolean; detail: string } {
  if (name === null || name.state === 'off') return { ok: false, detail: say.silent };
  const detail = say.name[name.state](domain);
  const isBad = name.state === 'wrong' || name.state === 'failing';
  return { ok: !isBad, detail: isBad && name.lastError ? `${detail}: ${name.lastError.sentence}` : detail };
}

function certificateCheck(certificate: CertificateStatus | null): { ok: boolean; detail: string } {
  const date = readableDate(certificate?.notAfter ?? null);
  switch (certificate?.state) {
    case 'valid':
      return { ok: true, detail: say.certificate.until(date) };
    case 'due':
      return { ok: true, detail: say.certificate.due(date) };
    case 'expired':
      return { ok: false, detail: say.certificate.expired(date) };
    case 'missing':
      return { ok: false, detail: certificate.lastError?.sentence ?? say.certificate.missing };
    case 'off':
    case undefined:
      return { ok: false, detail: say.silent };
  }
}
