import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createBroadcast,
  createOriginServer,
  OUTBOUND_ADDRESS,
  startGate,
  startOutboundProxy,
  until,
  type Gate,
  type OriginServer,
  type OutboundProxy,
} from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunStopped } from '../../../src/pipeline/pipeline.ts';
import { createPipelineRig, type PipelineRig } from '../pipeline-rig.ts';
import { createRecord } from '../record.ts';

let root: string;
let origin: OriginServer;
let gate: Gate;
let outbound: OutboundProxy;
let rig: PipelineRig;

/** The source lets in who comes by the outbound proxy, and nobody else. */
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'linkcast-live-ways-'));
  origin = await createOriginServer({ root });
  gate = await startGate({
    target: () => origin.url,
    mayPass: ({ socket }) => socket.remoteAddress === OUTBOUND_ADDRESS,
  });
  outbound = await startOutboundProxy({ kind: 'socks5', credentials: 'someone:s3cret' });
  rig = await createPipelineRig({ allow: [gate.hostPort], stallSeconds: 4 });
});
afterAll(async () => {
  await Promise.all([rig.close(), outbound.close()]);
  await gate.close();
  await origin.close();
  await rm(root, { recursive: true, force: true });
});

test(
  'a live source that one way alone reaches: is asked for its address again by the ways of its host',
  { timeout: 90_000 },
  async () => {
    const live = await createBroadcast(root);
    await live.publish(4);
    const ways = [{ name: 'direct' }, { name: 'home', proxy: outbound.url }];
    const job = {
      id: 'live',
      mediaId: 'live',
      url: gate.url + live.path,
      type: 'video',
      quality: 'best',
      ways,
    } as const;
    const stop = new AbortController();
    const first = rig.run(job, createRecord(), stop.signal);
    first.catch(() => undefined);
    const listed = async (seconds: number): Promise<void> => {
      const file = path.join(rig.mediaDir, 'live', 'video.m3u8');
      await until(async () => secondsIn(await readFile(file, 'utf8')) >= seconds, 30);
    };
    await listed(5.9);
    stop.abort(new RunStopped('lease-lost', { isContinued: true }));
    await expect(first).rejects.toThrow('lease-lost');

    await live.publish(2);
    const again = { ...job, fence: 2, isPlayable: true, live: { isStopped: false } };
    const second = rig.run(again, createRecord(), AbortSignal.timeout(60_000));
    second.catch(() => undefined);
    await listed(9.9);
    await live.end();
    expect(await second).toMatchObject({ recording: 'ended', damage: null });
  },
);

function secondsIn(playlist: string): number {
  return [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}
