import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureSelfSignedCertificate } from '../../src/certificate/self-signed-certificate.ts';
import { DOMAIN, startCertifiedEdge } from '../fixtures/certified-edge.ts';
import { startEdge, type EdgeFixture } from '../fixtures/edge-fixture.ts';

/** Completes a TLS handshake and returns its protocol; rejects when the server rejects it. Trust is not checked. */
async function shakeHands(edge: EdgeFixture, options: tls.ConnectionOptions): Promise<string | null> {
  const socket = tls.connect({
    host: '127.0.0.1',
    port: edge.options.httpsPort,
    rejectUnauthorized: false,
    ...options,
  });
  try {
    await once(socket, 'secureConnect');
    return socket.getProtocol();
  } finally {
    socket.destroy();
  }
}

/** Allows old protocols too, which OpenSSL's default security level does not offer. */
const only = (version: tls.SecureVersion): tls.ConnectionOptions => ({
  minVersion: version,
  maxVersion: version,
  ciphers: 'DEFAULT:@SECLEVEL=0',
});

describe('HTTPS on localhost', () => {
  let edge: EdgeFixture;
  beforeAll(async () => {
    edge = await startEdge({ homeNames: ['server.lan', '192.168.1.20'] });
  });
  afterAll(() => edge.stop());

  describe.each([{ servername: 'localhost' }, { servername: 'server.lan' }, {}])('server name %o', (name) => {
    test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s: is accepted', async (version) => {
      expect(await shakeHands(edge, { ...name, ...only(version) })).toBe(version);
    });

    test.each(['TLSv1', 'TLSv1.1'] as const)('%s: is refused', async (version) => {
      await expect(shakeHands(edge, { ...name, ...only(version) })).rejects.toThrow();
    });
  });

  test('a client that supports HTTP/2: negotiates HTTP/2', async () => {
    const socket = tls.connect({
      host: '127.0.0.1',
      port: edge.options.httpsPort,
      servername: 'localhost',
      rejectUnauthorized: false,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    await once(socket, 'secureConnect');
    expect(socket.alpnProtocol).toBe('h2');
    socket.destroy();
  });

  test.each(['server.lan', '192.168.1.20:8080'])(
    'Host %s of the local network: is answered without HSTS',
    async (host) => {
      const answer = await edge.request('/', { isHttps: true, headers: { host } });
      expect(answer.status).toBe(200);
      expect(answer.headers['strict-transport-security']).toBeUndefined();
    },
  );

  test('an unknown Host: gets no answer', async () => {
    await expect(edge.request('/', { isHttps: true, headers: { host: 'evil.example' } })).rejects.toThrow();
  });

  test('the certificate: is for our names, with a P-256 key of mode 0600', async () => {
    const { stateDirectory } = edge.options;
    const certificate = new X509Certificate(await readFile(path.join(stateDirectory, 'certificate.pem')));
    expect(certificate.subjectAltName).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:server.lan, IP Address:192.168.1.20',
    );
    expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect((await stat(path.join(stateDirectory, 'key.pem'))).mode & 0o777).toBe(0o600);
  });

  test('the certificate on another start: is kept, unless names or key have changed', async () => {
    const { stateDirectory } = edge.options;
    const names = ['localhost', '127.0.0.1', '::1', 'server.lan', '192.168.1.20'];
    expect(await ensureSelfSignedCertificate(stateDirectory, names)).toBe(false);
    expect(await ensureSelfSignedCertificate(stateDirectory, ['media.example.org', ...names])).toBe(true);
    expect(await ensureSelfSignedCertificate(stateDirectory, names)).toBe(true);
    await writeFile(path.join(stateDirectory, 'key.pem'), 'half a key');
    expect(await ensureSelfSignedCertificate(stateDirectory, names)).toBe(true);
    expect(await ensureSelfSignedCertificate(stateDirectory, names)).toBe(false);
  });
});

describe.each([
  ['self-signed', () => startEdge({ domainName: DOMAIN })],
  ['certified', startCertifiedEdge],
])('HTTPS with a domain, %s', (_, start) => {
  let edge: EdgeFixture;
  beforeAll(async () => {
    edge = await start();
  });
  afterAll(() => edge.stop());

  describe.each([DOMAIN, 'localhost'])('%s', (servername) => {
    test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s: is accepted', async (version) => {
      expect(await shakeHands(edge, { servername, ...only(version) })).toBe(version);
    });

    test.each(['TLSv1', 'TLSv1.1'] as const)('%s: is refused', async (version) => {
      await expect(shakeHands(edge, { servername, ...only(version) })).rejects.toThrow();
    });
  });

  test.each([{}, { servername: 'evil.example' }, { servername: `sub.${DOMAIN}` }])(
    'the server name %o: is rejected before a certificate is sent',
    async (options) => {
      await expect(shakeHands(edge, options)).rejects.toThrow(/unrecognized name|alert/i);
    },
  );
});
