import { once } from 'node:events';
import http from 'node:http';
import { findFreePort, fixturePaths, openChromium, until } from '@linkcast/testing';
import { isEnded } from '@linkcast/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHomeLine, type HomeLine } from '../../support/home-line.ts';
import { startLocalStack } from '../../support/local-stack.ts';
import { readServedCertificate, type ServedCertificate } from '../../support/served-certificate.ts';
import type { Stack } from '../../support/stack.ts';
import { createOwner } from '../../support/visitor.ts';

/** Short, so that a renewal comes within the test: due when half of it has gone. */
const VALIDITY_SECONDS = 160;
const RENEWED_WITHIN_SECONDS = 150;

describe('make local with a domain', () => {
  let line: HomeLine;
  let stack: Stack;
  let httpPort: number;
  let httpsPort: number;
  const served = async (): Promise<ServedCertificate> =>
    readServedCertificate(httpsPort, line.name, await line.pebble.root());

  beforeAll(async () => {
    [httpPort, httpsPort] = [await findFreePort(), await findFreePort()];
    line = await createHomeLine({ httpPort, validitySeconds: VALIDITY_SECONDS });
    const settings = { ...line.settings, SITE_URL: `https://${line.name}:${httpsPort}` };
    stack = await startLocalStack({ httpPort, httpsPort, settings });
  });
  afterAll(async () => {
    await stack.close();
    await line.close();
  });

  test('the first start: the name points here, and the certificate is that of the authority', async () => {
    await until(() => line.dns.values(line.name, 'A').includes('127.0.0.1'), 60);
    await until(async () => (await served()).isTrusted, 120);
    const health = await until(async () => {
      const found = await stack.api.health();
      return found.reachability.state === 'reachable' ? found : undefined;
    }, 60);
    expect(health.name).toMatchObject({ state: 'right', provider: 'ionos', lastError: null });
    expect(health.certificate).toMatchObject({ state: 'valid', name: line.name, lastError: null });
  });

  test('a page over HTTP: redirects to the same page over HTTPS', async () => {
    const plain = await askPlainly(httpPort, line.name, '/watch/x?t=1');
    expect([plain.statusCode, plain.headers.location]).toEqual([308, `${stack.siteUrl}/watch/x?t=1`]);
  });

  test('a video during the renewal of the certificate: keeps playing', async () => {
    const job = await stack.api.createJob({ url: `${stack.origin.url}${fixturePaths.dash}?renew`, type: 'video' });
    const ready = await until(async () => {
      const found = await stack.api.getJob(job.id);
      return isEnded(found.state) ? found : undefined;
    }, 60);
    const browser = await openChromium({ hosts: { [line.name]: '127.0.0.1' } });
    try {
      const owner = await createOwner(browser, stack);
      const player = await owner.watch(`${stack.siteUrl}${ready.links.page ?? ''}`);
      await player.page.evaluate('document.querySelector("video").loop = true');
      await player.reach(1);
      const before = await served();
      const after = await until(async () => {
        const now = await served();
        return now.serialNumber === before.serialNumber ? undefined : now;
      }, RENEWED_WITHIN_SECONDS);
      expect(after.isTrusted).toBe(true);
      await player.reach(((await player.currentTime()) % 30) + 2);
      const again = await owner.watch(`${stack.siteUrl}${ready.links.page ?? ''}`);
      await again.reach(1);
    } finally {
      await browser.close();
    }
  }, 300_000);

  test('the log: contains no secret', async () => {
    expect(await stack.log()).not.toContain(line.settings['IONOS_TOKEN']);
  });
});

/** A request over HTTP to the name; fetch would not let us say which. */
async function askPlainly(port: number, name: string, path: string): Promise<http.IncomingMessage> {
  const request = http.get({ host: '127.0.0.1', port, path, headers: { host: name }, timeout: 5000 });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]; // what node emits
  return response.resume();
}
