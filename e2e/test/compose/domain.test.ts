import { textsOf } from '@linkcast/texts';
import { findFreePort, openChromium, until } from '@linkcast/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bridgeAddress, startComposeStack, type ComposeStack } from '../../support/compose-stack.ts';
import { createWatchedLine, type HomeLine } from '../../support/home-line.ts';
import { openArrivingItem } from '../../support/scenarios.ts';
import { readServedCertificate } from '../../support/served-certificate.ts';
import { createOwner } from '../../support/visitor.ts';

const texts = textsOf('en');

/** After compose.test.ts, which builds the images. */
describe.runIf(process.env['E2E_COMPOSE'] === '1')('make up with a domain', () => {
  let line: HomeLine;
  let stack: ComposeStack;
  let httpsPort: number;

  beforeAll(async () => {
    const httpPort = await findFreePort();
    httpsPort = await findFreePort();
    line = await createWatchedLine({ host: await bridgeAddress(), httpPort });
    const settings = { ...line.settings, SITE_URL: `https://${line.name}:${httpsPort}` };
    stack = await startComposeStack({ httpPort, httpsPort, settings });
  }, 900_000);
  afterAll(async () => {
    await stack.close();
    await line.close();
  });

  test('the first start: the certificate is that of the authority, and the site is reachable', async () => {
    const root = await line.pebble.root();
    await until(async () => (await readServedCertificate(httpsPort, line.name, root)).isTrusted, 120);
    const health = await until(async () => {
      const found = await stack.api.health();
      return found.reachability.state === 'reachable' && found.certificate?.state === 'valid' ? found : undefined;
    }, 60);
    expect(health.certificate).toMatchObject({ state: 'valid', challenge: 'http-01', lastError: null });
    expect(health.name).toMatchObject({ state: 'right', provider: null });
  });

  test('an arriving item in Chromium over HTTP/3: shows the listed timeline', async () => {
    const { keyDigest } = await readServedCertificate(httpsPort, line.name);
    const browser = await openChromium({
      hosts: { [line.name]: await bridgeAddress() },
      http3: { hostPort: `${line.name}:${httpsPort}`, keyDigest },
    });
    try {
      const owner = await createOwner(browser, stack);
      const { player } = await openArrivingItem(stack, owner);
      expect(new Set(await player.page.evaluate<string[]>(READ_PROTOCOLS))).toEqual(new Set(['h3']));
    } finally {
      stack.origin.throttle(undefined);
      await browser.close();
    }
  });

  test('make cert-staging: reports success', async () => {
    expect(await stack.make('cert-staging')).toContain(texts.rehearsal.works(line.name, 'http-01'));
  });
});

/** An expression: the protocols of the page itself and of the tracks that it has requested. */
const READ_PROTOCOLS = `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter(({ entryType, name }) => entryType === 'navigation' || name.endsWith('.mp4'))
  .map(({ nextHopProtocol }) => nextHopProtocol)`;
