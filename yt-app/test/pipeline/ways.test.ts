import { createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import { isProblem } from '@linkcast/contracts';
import {
  createOriginServer,
  fixturePaths,
  makeFixtures,
  OUTBOUND_ADDRESS,
  portOf,
  startOutboundProxy,
  type OriginServer,
  type OutboundProxy,
} from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPipelineRig, type PipelineRig, type RigJob } from './pipeline-rig.ts';
import { createRecord } from './record.ts';

let origin: OriginServer;
let gate: Server;
let rig: PipelineRig;
let working: OutboundProxy;
let refusing: OutboundProxy;
let source: string;
let count = 0;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  gate = await startGate(origin);
  const host = `127.0.0.1:${portOf(gate)}`;
  source = `http://${host}`;
  [working, refusing] = await Promise.all([
    startOutboundProxy({ kind: 'socks5', credentials: 'someone:s3cret' }),
    startOutboundProxy({ kind: 'http', behaviour: 'refuse' }),
  ]);
  rig = await createPipelineRig({ allow: [host, origin.hostPort] });
});
afterAll(async () => {
  await Promise.all([rig.close(), working.close(), refusing.close()]);
  gate.close();
  gate.closeAllConnections();
  await origin.close();
});

/** A source that answers 403, except to those who come by an outbound proxy. */
async function startGate({ url }: OriginServer): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.socket.remoteAddress !== OUTBOUND_ADDRESS) {
      outgoing.writeHead(403).end();
      return;
    }
    const { method, headers } = incoming;
    const forwarded = request(`${url}${incoming.url ?? '/'}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function bringIn(url: string, ways: NonNullable<RigJob['ways']>) {
  count += 1;
  const record = createRecord();
  const job = { id: `item${count}`, mediaId: `item${count}`, url, type: 'video', quality: 'best', ways } as const;
  const outcome = await rig.run(job, record, AbortSignal.timeout(60_000)).then(
    (facts) => facts?.renditions.length ?? 0,
    (error: unknown) => (isProblem(error) ? error.code : String(error)),
  );
  return { outcome, tried: record.triedWays.map(({ way, problem }) => `${way}:${problem ?? 'reached'}`) };
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
  expect(await bringIn(source + fixturePaths.mp4, ways)).toEqual({
    outcome: 'outbound-proxy-failed',
    tried: ['direct:source-refused', 'office:outbound-proxy-failed'],
  });
});

test('a source that is not there: no second way is tried', async () => {
  const ways = [{ name: 'home', proxy: working.url }, { name: 'direct' }];
  expect(await bringIn(`${source}/nothing.mp4`, ways)).toEqual({
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
  expect(await bringIn(source + fixturePaths.hls, ways)).toEqual({ outcome: 2, tried: ['home:reached'] });
});
