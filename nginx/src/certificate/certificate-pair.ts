import { readIfThere } from '@linkcast/kit';
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';

/** A private key and its chain of certificates, in one text as in one file. */
export interface CertificatePair {
  readonly pem: string;
  /** Hexadecimal, as OpenSSL and a TLS handshake tell it. */
  readonly serialNumber: string;
  readonly issuer: string;
  readonly notAfter: Date;
  /** Digest of the text, to know it again. */
  readonly fingerprint: string;
}

/** Why a text is no pair that could be served. */
export class PairFault extends Error {
  override readonly name = 'PairFault';
}

/** The pair in a file; undefined when there is no file. @throws {PairFault} as {@link parsePair}. */
export async function readPair(file: string, name: string): Promise<CertificatePair | undefined> {
  const pem = await readIfThere(file).catch((error: unknown) => {
    throw new PairFault('it cannot be read', { cause: error });
  });
  return pem === undefined ? undefined : parsePair(pem, name);
}

/**
 * Reads a pair and holds it against a host name. That it has expired is not a fault here, see {@link hasExpired}.
 *
 * @throws {PairFault} when it cannot be read, the key does not fit, or it is for other names.
 */
function parsePair(pem: string, name: string): CertificatePair {
  const certificate = read(() => new X509Certificate(pem), 'it holds no certificate that can be read');
  const key = read(() => createPrivateKey(pem), 'it holds no private key that can be read');
  if (!certificate.checkPrivateKey(key)) throw new PairFault('the key is not the one of the certificate');
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

/** Has its time passed? */
export function hasExpired(pair: CertificatePair): boolean {
  return pair.notAfter.getTime() <= Date.now();
}

function read<T>(parse: () => T, fault: string): T {
  try {
    return parse();
  } catch (error) {
    throw new PairFault(fault, { cause: error });
  }
}
