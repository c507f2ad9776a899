import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort, fixturePaths, until } from '@linkcast/testing';
import { startComposeStack, type ComposeStack } from '../../support/compose-stack.ts';
import { startSegmentViewer } from '../../support/segment-viewer.ts';

/**
 * The longest interruption of a viewer. The goal is 2 s; with five times as much work as the machine has processors it was 3 s, and
 * nearly 9 s when Compose replaced all containers at once. The figure of each run is printed.
 */
const MOST_MS = 6000;
const RECONNECT_MS = 500;

/** After compose.test.ts, which builds the images. */
describe.runIf(process.env['E2E_COMPOSE'] === '1')('make up again', () => {
  let stack: ComposeStack;
  beforeAll(async () => {
    stack = await startComposeStack({ httpPort: await findFreePort(), httpsPort: await findFreePort() });
  }, 900_000);
  afterAll(() => stack.close());

  test('with every container replaced: nginx is replaced last, and viewers are interrupted shortly', async () => {
    const { id } = await stack.api.createJob({ url: `${stack.origin.url}${fixturePaths.mp4}`, type: 'video' });
    const job = await until(async () => {
      const found = await stack.api.getJob(id);
      return found.state === 'ready' && found;
    }, 120);
    const item = await stack.api.getMedia(job.mediaId ?? '');
    const share = await stack.api.shareMedia(item.id);
    const file = `${item.renditions[0]?.name ?? ''}.mp4`;
    const fileBeside = (playlist: string | null): string => new URL(file, `${stack.siteUrl}${playlist ?? ''}`).href;
    const before = await containers();

    const viewers = [
      startSegmentViewer(fileBeside(item.links.hls), await signIn()),
      startSegmentViewer(fileBeside(share.links.hls)),
    ];
    const closing = new AbortController();
    const page = keepReadingEvents(closing.signal);
    await stack.make('up', 'LOG_LEVEL=debug'); // a new setting of every part replaces the containers, as new images do
    const reports = await Promise.all(viewers.map((viewer) => viewer.stop()));
    closing.abort();
    await page;

    const after = await containers();
    expect(after.filter((container) => before.includes(container))).toEqual([]);
    const starts = await startTimes();
    expect(starts.indexOf(Math.max(...starts))).toBe(0); // that of nginx
    process.stderr.write(`longest interruptions: ${reports.map(({ longestMs }) => `${longestMs} ms`).join(', ')}\n`);
    for (const { fetched, longestMs, failures } of reports) {
      expect(fetched).toBeGreaterThan(20);
      expect(longestMs, failures.join(' ')).toBeLessThan(MOST_MS);
    }
  }, 600_000);

  test('every image: has the bill of materials and the notices of its packages', async () => {
    for (const service of ['yt-app', 'worker', 'egress', 'icecast', 'nginx', 'bot']) {
      const bill = await stack.compose('exec', '-T', service, 'cat', '/app/sbom.cdx.json');
      expect(JSON.parse(bill)).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
      expect(bill).toContain('pkg:npm/zod@');
      expect(await stack.compose('exec', '-T', service, 'cat', '/app/dist/NOTICES.txt')).toContain('\nzod ');
    }
  });

  async function containers(): Promise<string[]> {
    const ids = (await stack.compose('ps', '--quiet')).trim().split('\n');
    expect(ids.length).toBeGreaterThanOrEqual(6);
    return ids;
  }

  /** @returns when each container was started, in milliseconds since 1970; that of nginx first. */
  async function startTimes(): Promise<number[]> {
    const nginx = (await stack.compose('ps', '--quiet', 'nginx')).trim();
    const others = (await containers()).filter((id) => id !== nginx);
    const times = await stack.docker('inspect', '--format', '{{.State.StartedAt}}', nginx, ...others);
    return times.trim().split('\n').map(Date.parse);
  }

  /** @returns the cookie of an owner's new session. */
  async function signIn(): Promise<string> {
    const { path } = await stack.api.createSignInCode();
    const code = path.split('#')[1] ?? '';
    const answer = await fetch(`${stack.siteUrl}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: stack.siteUrl },
      body: JSON.stringify({ code }),
    });
    expect(answer.status).toBeLessThan(300);
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0] ?? '')
      .join('; ');
  }

  /** Reads events, as every open page does, and connects again when the stream ends. */
  async function keepReadingEvents(closing: AbortSignal): Promise<void> {
    const headers = { cookie: await signIn() };
    while (!closing.aborted) {
      const answer = await fetch(`${stack.siteUrl}/api/events`, { headers, signal: closing }).catch(() => undefined);
      await answer?.text().catch(() => undefined);
      await delay(RECONNECT_MS);
    }
  }
});
