import { once } from 'node:events';
import tls from 'node:tls';

/** An HTTPS endpoint, and the server name of the handshake. */
export interface TlsEndpoint {
  readonly host: string;
  readonly port: number;
  readonly name: string;
}

const HANDSHAKE_SECONDS = 5;

/** Reads the serial number of the served certificate by a TLS handshake, in hexadecimal; undefined when it fails. */
export async function readServedSerial({ host, port, name }: TlsEndpoint): Promise<string | undefined> {
  const socket = tls.connect({
    host,
    port,
    servername: name,
    rejectUnauthorized: false, // the certificate is only identified, not trusted
    minVersion: 'TLSv1.2',
  });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(HANDSHAKE_SECONDS * 1000) });
    return socket.getPeerCertificate().serialNumber;
  } catch {
    return undefined; // no server yet, or no certificate: the caller tries again
  } finally {
    socket.destroy();
  }
}

/** Returns the address at which this machine reaches a server that listens on the given one. */
export function loopbackAddressOf(listenAddress: string): string {
  if (listenAddress === '0.0.0.0') return '127.0.0.1';
  return listenAddress === '::' ? '::1' : listenAddress;
}
