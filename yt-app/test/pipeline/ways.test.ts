import type { IncomingMessage } from 'node:http';
import { isProblem, type WorkCookies } from '@linkcast/contracts';
import {
  createOriginServer,
  fixturePaths,
  makeFixtures,
  OUTBOUND_ADDRESS,
  startGate,
  startOutboundProxy,
  type Gate,
  type OriginServer,
  type OutboundProxy,
} from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPipelineRig, type PipelineRig, type RigJob } from './pipeline-rig.ts';
import { createRecord } from './record.ts';

let origin: OriginServer;
let gate: Gate;
let rig: PipelineRig;
let working: OutboundProxy;
let refusing: OutboundProxy;
let source: string;
let count = 0;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  gate = await startGate({ target: () => origin.url, mayPass, setCookie: 'visits=1; Max-Age=86400' });
  source = gate.url;
  [working, refusing] = await Promise.all([
    startOutboundProxy({ kind: 'socks5', credentials: 'someone:s3cret' }),
    startOutboundProxy({ kind: 'http', behaviour: 'refuse' }),
  ]);
  rig = await createPipelineRig({ allow: [gate.hostPort, origin.hostPort] });
});
afterAll(async () => {
  await Promise.all([rig.close(), working.close(), refusing.close()]);
  await gate.close();
  await origin.close();
});

/** Those who come by an outbound proxy; for members only with the cookie of one. */
function mayPass({ socket, url, headers }: IncomingMessage): boolean {
  const isMember = headers.cookie?.includes('session=s3cret') === true;
  return socket.remoteAddress === OUTBOUND_ADDRESS && (isMember || !url?.includes('members'));
}

async function bringIn(url: string, ways: NonNullable<RigJob['ways']>, more: Partial<RigJob> = {}) {
  count += 1;
  const record = createRecord();
  const job = {
    id: `item${count}`,
    mediaId: `item${count}`,
    url,
    type: 'video',
    quality: 'best',
    ways,
    ...more,
  } as const;
  const outcome = await rig.run(job, record, AbortSignal.timeout(60_000)).then(
    (facts) => facts?.renditions.length ?? 0,
    (error: unknown) => (isProblem(error) ? error.code : String(error)),
  );
  return { outcome, tried: record.triedWays.map(({ way, problem }) => `${way}:${problem ?? 'reached'}`), record };
}

test('a host that works by the third way only: is resolved and downloaded by it', async () => {
  const ways = [{ name: 'direct' }, { name: 'office', proxy: refusing.url }, { name: 'home', proxy: working.url }];
  const { outcome, tried } = await bringIn(source + fixturePaths.mp4, ways);
  expect(tried).toEqual(['direct:source-refused', 'office:outbound-proxy-failed', 'home:reached']);
  expect(outcome).toBe(2);
  expect(new Set(working.targets)).toEqual(new Set([new URL(source).host]));
});

test('a host that no way reaches: fails with what may pass', async () => {
  const ways = [{ name: 'direct' }, { name: 'office', proxy: refusing.url }];
  expect(await bringIn(source + fixturePaths.mp4, ways)).toMatchObject({
    outcome: 'outbound-proxy-failed',
    tried: ['direct:source-refused', 'office:outbound-proxy-failed'],
  });
});

test('a source that is not there: no second way is tried', async () => {
  const ways = [{ name: 'home', proxy: working.url }, { name: 'direct' }];
  expect(await bringIn(`${source}/nothing.mp4`, ways)).toMatchObject({
    outcome: 'source-not-found',
    tried: ['home:source-not-found'],
  });
});

test('a private address behind the source: is refused by the egress proxy, and no second way is tried', async () => {
  const url = origin.behave('/to-private.mp4', { kind: 'redirect', to: 'http://127.0.0.1:9/secret.mp4' });
  const asked = working.targets.length;
  const { outcome, tried } = await bringIn(url, [{ name: 'home', proxy: working.url }, { name: 'direct' }]);
  expect(outcome).toBe('source-forbidden');
  expect(tried).toHaveLength(1);
  expect(new Set(working.targets.slice(asked))).toEqual(new Set([origin.hostPort]));
});

test('HLS by a preference and a browser that this yt-dlp does not have: is tried without it', async () => {
  const ways = [{ name: 'home', proxy: working.url, impersonate: 'chrome', formats: 'hls', requestGap: 0.1 } as const];
  expect(await bringIn(source + fixturePaths.hls, ways)).toMatchObject({ outcome: 2, tried: ['home:reached'] });
});

/** Three ways to a source for members that lets in who comes by the outbound proxy, and their cookies. */
function membersOnly() {
  const expires = Math.floor(Date.now() / 1000) + 86_400;
  const text = `# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t${expires}\tsession\ts3cret\n`;
  const ways = [
    { name: 'account', cookies: true },
    { name: 'home', proxy: working.url },
    { name: 'both', cookies: true, proxy: working.url },
  ];
  return { ways, cookies: { jar: 'jar', text, version: 7 } };
}

test('a probe: describes a link that only the third way reaches, and gives back what the site has set', async () => {
  const given = { id: 'probe1', url: `${source}${fixturePaths.mp4}?members`, ...membersOnly() };
  const changed: WorkCookies[] = [];
  expect(await rig.probe(given, (cookies) => void changed.push(cookies))).toMatchObject({
    title: 'video',
    playlist: null,
  });
  expect(changed.at(-1)).toMatchObject({ version: 7, text: expect.stringContaining('visits') as string });
  const direct = rig.probe({ ...given, id: 'probe2', ways: [{ name: 'direct' }] }, () => undefined);
  await expect(direct).rejects.toMatchObject({ code: 'source-refused' });
});

test('cookies by an outbound proxy: the way with both works, and what the site has set comes back', async () => {
  const { ways, cookies } = membersOnly();
  const { outcome, tried, record } = await bringIn(`${source}${fixturePaths.mp4}?members`, ways, { cookies });
  expect(tried).toEqual(['account:source-refused', 'home:source-refused', 'both:reached']);
  expect(outcome).toBe(2);
  expect(record.changedCookies.at(-1)).toMatchObject({ version: 7, text: expect.stringContaining('visits') as string });
});
