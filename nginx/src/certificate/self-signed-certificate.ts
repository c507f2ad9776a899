import { minimalEnvironment, runProgram, writeFileAtomic } from '@linkcast/kit';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';

const VALID_DAYS = 397; // the longest that browsers accept
const RENEW_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Ensures that the directory has a self-signed certificate (`certificate.pem`, `key.pem` with mode 0600) for the names.
 * A new one is created when it is missing, does not match its key, is for other names, or expires within 30 days.
 *
 * @returns true when a new one was created.
 */
export async function ensureSelfSignedCertificate(directory: string, names: readonly string[]): Promise<boolean> {
  if (await isUsable(directory, names)) return false;
  const work = await mkdtemp(path.join(directory, 'new-certificate-'));
  try {
    await createCertificate(work, names);
    await writeFileAtomic(path.join(directory, 'key.pem'), await readFile(path.join(work, 'key.pem')), { mode: 0o600 });
    await writeFileAtomic(path.join(directory, 'certificate.pem'), await readFile(path.join(work, 'certificate.pem')));
    return true;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function isUsable(directory: string, names: readonly string[]): Promise<boolean> {
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
    return false; // missing or unreadable
  }
}

async function createCertificate(work: string, names: readonly string[]): Promise<void> {
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
  if (outcome.kind !== 'finished') throw new Error('openssl could not create a certificate', { cause: outcome });
}
