import { createHash } from 'node:crypto';
import { once } from 'node:events';
import tls from 'node:tls';

export interface ServedCertificate {
  readonly serialNumber: string;
  readonly issuer: string;
  /** SHA-256 of its public key (SPKI), base64, as Chromium takes it. */
  readonly keyDigest: string;
  /** True when one of the given authorities has signed it. */
  readonly isTrusted: boolean;
}

/** The certificate that a visitor of the name gets to see. @throws when there is no handshake. */
export async function readServedCertificate(port: number, name: string, ca?: string): Promise<ServedCertificate> {
  const socket = tls.connect({
    host: '127.0.0.1',
    port,
    servername: name,
    rejectUnauthorized: false,
    ...(ca ? { ca } : {}),
  });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(5000) });
    const certificate = socket.getPeerX509Certificate();
    if (!certificate) throw new Error('no certificate was shown');
    const { serialNumber, issuer, publicKey } = certificate;
    const key = publicKey.export({ type: 'spki', format: 'der' });
    const keyDigest = createHash('sha256').update(key).digest('base64');
    return { serialNumber, issuer, keyDigest, isTrusted: socket.authorized };
  } finally {
    socket.destroy();
  }
}
