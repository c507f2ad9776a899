import { paths } from '@linkcast/contracts';
import { createOriginServer, findFreePort } from '@linkcast/testing';
import { expect, test } from 'vitest';
import { createReachCheck, publicPorts } from '../../src/reach/reach-check.ts';
import { requestSelf } from '../../src/reach/self-request.ts';
import { NAME, signal } from '../providers/provider-fixture.ts';

const MARK = '0123456789abcdef0123456789abcdef';
const here = { scheme: 'http', name: NAME, address: '127.0.0.1', mark: MARK, signal } as const;

test('a request that reaches this site: gives answered, and is sent to the public name', async () => {
  const origin = await createOriginServer();
  origin.text(paths.selfCheck, 'text/plain', `${MARK}\n`);
  const port = Number(new URL(origin.url).port);
  expect(await requestSelf({ ...here, port })).toBe('answered');
  expect(origin.requests[0]?.headers.host).toBe(`${NAME}:${port}`);
  await origin.close();
});

test('a request that reaches another server: gives strange for every kind of answer', async () => {
  const origin = await createOriginServer();
  const port = Number(new URL(origin.url).port);
  expect(await requestSelf({ ...here, port })).toBe('strange'); // 404
  origin.text(paths.selfCheck, 'text/plain', 'x'.repeat(100_000));
  expect(await requestSelf({ ...here, port })).toBe('strange');
  expect(await requestSelf({ ...here, scheme: 'https', port })).toBe('strange'); // no TLS there
  origin.behave(paths.selfCheck, { kind: 'redirect', to: 'http://127.0.0.1:9/' });
  expect(await requestSelf({ ...here, port })).toBe('strange');
  await origin.close();
});

test('a closed port: gives refused; a server that never answers: gives timeout', async () => {
  expect(await requestSelf({ ...here, port: await findFreePort() })).toBe('refused');
  const origin = await createOriginServer();
  origin.behave(paths.selfCheck, { kind: 'slow-header', seconds: 30 });
  const port = Number(new URL(origin.url).port);
  expect(await requestSelf({ ...here, port, timeoutMs: 300 })).toBe('timeout');
  await origin.close();
});

test('a name without an address: nothing is requested', async () => {
  const check = createReachCheck({ name: NAME, mark: MARK, ports: { http: 9, https: 9 } });
  const nowhere = { servers: [{ ipv4: [], ipv6: [] }], alias: undefined, from: 'own-servers' as const };
  expect(await check(nowhere, signal)).toEqual({ http: 'unknown', https: 'unknown' });
});

test.each([
  [undefined, { http: 80, https: 443 }],
  ['https://home.linkcast.test', { http: 80, https: 443 }],
  ['https://home.linkcast.test:4433', { http: 80, https: 4433 }],
  ['http://home.linkcast.test:8080', { http: 8080, https: 443 }],
])('SITE_URL %s: gives the ports %o', (siteUrl, ports) => {
  expect(publicPorts(siteUrl)).toEqual(ports);
});
