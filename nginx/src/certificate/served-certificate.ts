import { once } from 'node:events';
import tls from 'node:tls';

/** Where to shake hands, and for which name. */
export interface Door {
  readonly host: string;
  readonly port: number;
  readonly name: string;
}

const HANDSHAKE_SECONDS = 5;

/** Serial number of the certificate that is served, in hexadecimal; undefined when no handshake comes about. */
export async function readServedSerial({ host, port, name }: Door): Promise<string | undefined> {
  const socket = tls.connect({
    host,
    port,
    servername: name,
    rejectUnauthorized: false, // the question is which one it is, not who vouches for it
    minVersion: 'TLSv1.2',
  });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(HANDSHAKE_SECONDS * 1000) });
    return socket.getPeerCertificate().serialNumber;
  } catch {
    return undefined; // nobody there yet, or no certificate: the caller asks again
  } finally {
    socket.destroy();
  }
}

/** An address to reach ourselves at, when we listen on this one. */
export function ownAddress(listenAddress: string): string {
  if (listenAddress === '0.0.0.0') return '127.0.0.1';
  return listenAddress === '::' ? '::1' : listenAddress;
}
