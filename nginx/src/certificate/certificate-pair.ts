import { readIfThere } from '@linkcast/kit';
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';

/** A private key and its certificate chain, in one PEM text. */
export interface CertificatePair {
  readonly pem: string;
  /** Hexadecimal, as in OpenSSL and in a TLS handshake. */
  readonly serialNumber: string;
  readonly issuer: string;
  readonly notAfter: Date;
  /** SHA-256 of the text, to compare pairs. */
  readonly fingerprint: string;
}

/** The reason why a pair cannot be served. */
export class PairFault extends Error {
  override readonly name = 'PairFault';
}

/** Reads the pair in a file; undefined when there is no file. @throws {PairFault} as {@link parsePair}. */
export async function readPair(file: string, name: string): Promise<CertificatePair | undefined> {
  const pem = await readIfThere(file).catch((error: unknown) => {
    throw new PairFault('not readable', { cause: error });
  });
  return pem === undefined ? undefined : parsePair(pem, name);
}

/**
 * Parses a pair and checks it against a host name. Expiry is not checked here, see {@link hasExpired}.
 *
 * @throws {PairFault} when it is not readable, the key does not match, or it is for other names.
 */
function parsePair(pem: string, name: string): CertificatePair {
  const certificate = parseOr('no readable certificate', () => new X509Certificate(pem));
  const key = parseOr('no readable private key', () => createPrivateKey(pem));
  if (!certificate.checkPrivateKey(key)) throw new PairFault('the key does not match the certificate');
  if (certificate.checkHost(name, { subject: 'never' }) === undefined)
    throw new PairFault(`the certificate is not for ${name}`);
  return {
    pem,
    serialNumber: certificate.serialNumber,
    issuer: certificate.issuer.replaceAll('\n', ', '),
    notAfter: new Date(certificate.validTo),
    fingerprint: createHash('sha256').update(pem).digest('hex'),
  };
}

export function hasExpired(pair: CertificatePair): boolean {
  return pair.notAfter.getTime() <= Date.now();
}

function parseOr<T>(fault: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new PairFault(fault, { cause: error });
  }
}
