import { minimalEnvironment, runProgram, writeFileAtomic } from '@linkcast/kit';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';

const VALID_DAYS = 397; // what browsers accept at most
const RENEW_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Sees to a self-signed certificate (`certificate.pem`, `key.pem` with mode 0600) for the names in the directory. It is
 * made again when it is missing, does not fit its key, is for other names, or ends within 30 days.
 *
 * @returns true when a new one was made.
 */
export async function ensureCertificate(directory: string, names: readonly string[]): Promise<boolean> {
  if (await isGood(directory, names)) return false;
  const work = await mkdtemp(path.join(directory, 'new-certificate-'));
  try {
    await makeCertificate(work, names);
    await writeFileAtomic(path.join(directory, 'key.pem'), await readFile(path.join(work, 'key.pem')), { mode: 0o600 });
    await writeFileAtomic(path.join(directory, 'certificate.pem'), await readFile(path.join(work, 'certificate.pem')));
    return true;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function isGood(directory: string, names: readonly string[]): Promise<boolean> {
  try {
    const certificate = new X509Certificate(await readFile(path.join(directory, 'certificate.pem')));
    const key = createPrivateKey(await readFile(path.join(directory, 'key.pem')));
    const listed = certificate.subjectAltName?.split(', ').length ?? 0;
    return (
      certificate.checkPrivateKey(key) &&
      Date.parse(certificate.validTo) - Date.now() > RENEW_DAYS * DAY_MS &&
      listed === names.length &&
      names.every((name) => (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined)
    );
  } catch {
    return false; // missing or unreadable: a new one is made
  }
}

async function makeCertificate(work: string, names: readonly string[]): Promise<void> {
  const entries = names.map((name) => `${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`);
  const config = [
    '[req]',
    'distinguished_name = name',
    'x509_extensions = extensions',
    'prompt = no',
    '[name]',
    'CN = Linkcast',
    '[extensions]',
    'basicConstraints = critical, CA:FALSE',
    'keyUsage = critical, digitalSignature',
    'extendedKeyUsage = serverAuth',
    `subjectAltName = ${entries.join(', ')}`,
  ];
  await writeFile(path.join(work, 'openssl.cnf'), `${config.join('\n')}\n`);
  const { outcome } = await runProgram({
    file: 'openssl',
    args: [
      ...['req', '-x509', '-config', 'openssl.cnf', '-days', String(VALID_DAYS)],
      ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-sha256'],
      ...['-keyout', 'key.pem', '-out', 'certificate.pem'],
    ],
    env: minimalEnvironment(work),
    cwd: work,
    wallSeconds: 30,
  });
  if (outcome.kind !== 'finished') throw new Error('openssl could not make a certificate', { cause: outcome });
}
