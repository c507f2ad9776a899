import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Lifetime } from './lifetime.ts';

/** A certificate with its key as one PEM text for nginx: the key first, then the chain from the leaf up. */
export interface CertificatePair extends Lifetime {
  readonly pem: string;
  /** In hexadecimal digits. */
  readonly serialNumber: string;
  /** Organisation and name of the issuer, for people. */
  readonly issuer: string;
  isFor(name: string): boolean;
}

/** The fault of a pair that must not be published. */
export type PairFault = 'unreadable' | 'wrong-key' | 'wrong-name' | 'expired' | 'broken-chain';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Parses a key and its chain from a PEM text. Null: one of them is missing or cannot be read. */
export function parsePair(pem: string): CertificatePair | null {
  try {
    createPrivateKey(pem);
    const leaf = readChain(pem)[0];
    return leaf === undefined ? null : describePair(pem, leaf);
  } catch {
    return null; // OpenSSL cannot read it: incomplete, empty, or no PEM
  }
}

/** Finds the reason not to publish a pair for a name; null: none. */
export function findPairFault(pair: CertificatePair | null, name: string, now: Date): PairFault | null {
  if (pair === null) return 'unreadable';
  const [leaf, ...issuers] = readChain(pair.pem);
  if (!leaf?.checkPrivateKey(createPrivateKey(pair.pem))) return 'wrong-key';
  if (!pair.isFor(name)) return 'wrong-name';
  if (pair.notAfter <= now) return 'expired';
  const isInOrder = issuers.every((issuer, index) => (index === 0 ? leaf : issuers[index - 1])?.checkIssued(issuer));
  return isInOrder ? null : 'broken-chain';
}

function readChain(pem: string): X509Certificate[] {
  return (pem.match(CERTIFICATE) ?? []).map((text) => new X509Certificate(text));
}

function describePair(pem: string, leaf: X509Certificate): CertificatePair {
  return {
    pem,
    serialNumber: leaf.serialNumber,
    issuer: describeIssuer(leaf.issuer),
    notBefore: leaf.validFromDate,
    notAfter: leaf.validToDate,
    isFor: (name) => leaf.checkHost(name, { subject: 'never' }) !== undefined,
  };
}

/** @param lines `C=US`, `O=…`, `CN=…`, as Node gives them. */
function describeIssuer(lines: string): string {
  const parts = ['O', 'CN'].map((key) => new RegExp(`^${key}=(.+)$`, 'm').exec(lines)?.[1]);
  return parts.filter((part) => part !== undefined).join(' ');
}
