import type { DoctorTexts } from '@linkcast/texts';
import { X509Certificate } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { bad, note, ok, type Finding } from './finding.ts';

/** Checks that this machine resolves names: that of Telegram's server, and its own public name. */
export async function checkDns(apiRoot: string, domain: string | undefined, say: DoctorTexts): Promise<Finding> {
  const subject = say.checks.dns;
  const { hostname } = new URL(apiRoot);
  if (!(await canResolve(hostname.replace(/^\[|\]$/g, '')))) return bad(subject, say.dnsFails(hostname), say.fixDns);
  if (domain !== undefined && !(await canResolve(domain))) return bad(subject, say.dnsFails(domain), say.fixName);
  return ok(subject, say.dnsWorks);
}

async function canResolve(name: string): Promise<boolean> {
  try {
    await lookup(name);
    return true;
  } catch {
    return false; // no such name, or no answer from the DNS server
  }
}

/** Checks the stored certificate. A running stack reports its own. @param file the certificate with its key, as certbot's keeper stores them */
export async function checkCertificate(file: string, domain: string | undefined, say: DoctorTexts): Promise<Finding> {
  const subject = say.checks.certificate;
  if (domain === undefined) return note(subject, say.certificateOff);
  let pem: string;
  try {
    pem = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // fs throws these
    return code === 'ENOENT'
      ? note(subject, say.certificateAbsent, say.fixCertificate)
      : note(subject, say.certificateUnreadable(code ?? 'unknown'));
  }
  const endsAt = endOf(pem);
  if (endsAt === undefined) return bad(subject, say.certificateDamaged, say.fixCertificate);
  const isValid = endsAt.getTime() > Date.now();
  return isValid
    ? ok(subject, say.certificateUntil(endsAt.toISOString()))
    : bad(subject, say.certificateExpired(endsAt.toISOString()), say.fixCertificate);
}

function endOf(pem: string): Date | undefined {
  try {
    return new Date(new X509Certificate(pem).validTo);
  } catch {
    return undefined; // no certificate in it
  }
}
