import { readdir, rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Delivery, NewDeliveryTarget } from '@linkcast/contracts';
import {
  createOriginServer,
  findFreePort,
  fixturePaths,
  LIMIT_FACTOR,
  makeFixtures,
  openChromium,
  startFtpServer,
  startSftpServer,
  until,
  type FtpServer,
  type OriginServer,
  type SftpServer,
} from '@linkcast/testing';
import { languages, textsOf } from '@linkcast/texts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLocalStack, type LocalStack } from '../../support/local-stack.ts';
import { createOwner } from '../../support/visitor.ts';

const OWNER = 4711;

let stack: LocalStack;
let origin: OriginServer;
let sftp: SftpServer;
let ftps: FtpServer;
/** DELIVERY_DIR. */
let folder: string;

beforeAll(async () => {
  [sftp, ftps] = await Promise.all([startSftpServer(), startFtpServer({ isSecure: true })]);
  origin = await createOriginServer({ root: await makeFixtures() });
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-delivery-'));
  const allowed = [origin.hostPort, `127.0.0.1:${sftp.port}`, ...ftps.hostPorts];
  stack = await startLocalStack({
    ...{ httpPort: await findFreePort(), httpsPort: await findFreePort() },
    settings: { ALLOW_PRIVATE_SOURCES: allowed.join(','), DELIVERY_DIR: folder },
  });
});
afterAll(async () => {
  await stack.close();
  await Promise.all([origin.close(), sftp.close(), ftps.close()]);
  await rm(folder, { recursive: true, force: true });
});

test('a link of the chat: its film arrives in a folder, by SFTP and by FTPS; chat and site say so, in three languages', async () => {
  const { api, telegram } = stack;
  telegram.say(OWNER, `/start ${stack.ownerCode}`);
  await until(() => telegram.messages(OWNER).some(({ text }) => text.includes('You are now an owner')), 20);
  for (const target of targets()) await makeTarget(target);
  telegram.say(OWNER, `/dv ${origin.url}${fixturePaths.mp4}`);
  const delivered = await untilEnded(3);
  expect(delivered.map(({ state, proof, problem }) => [state, proof, problem])).toEqual(
    Array.from({ length: 3 }, () => ['delivered', 'checksum', null]),
  );
  for (const place of [folder, sftp.folder, ftps.folder]) {
    const names = await readdir(place, { recursive: true });
    expect(names.filter((name) => /\.(?:mp4|nfo)$/.test(name))).toHaveLength(2);
    expect(names.filter((name) => name.endsWith('.part'))).toEqual([]);
  }

  await sftp.changeHostKey();
  const [item] = (await api.listMedia()).media;
  const secure = (await api.listDeliveryTargets()).targets.find(({ kind }) => kind === 'sftp');
  await api.deliverMedia(item?.id ?? '', secure?.id ?? '');
  await until(async () => (await api.listDeliveries()).deliveries.some(({ state }) => state === 'failed'), 30);

  telegram.say(OWNER, '/deliveries');
  const english = textsOf('en');
  const changedKey = english.problems['delivery-host-key'].sentence({});
  await until(() => telegram.messages(OWNER).some(({ text }) => text.includes(changedKey)), 20);
  const answer = telegram.messages(OWNER).find(({ text }) => text.includes(changedKey))?.text ?? '';
  expect(answer.split(english.bot.deliveries.state.delivered)).toHaveLength(3);
  await expectOnSite();
  const log = await stack.log();
  for (const secret of [ftps.password, 'PRIVATE KEY']) expect(log).not.toContain(secret);
});

function targets(): NewDeliveryTarget[] {
  const rule = { items: 'all' } as const;
  const ofServer = { host: '127.0.0.1', folder: 'films', rule } as const;
  return [
    { name: 'Folder', kind: 'folder', rule },
    { name: 'SFTP', kind: 'sftp', ...ofServer, port: sftp.port, user: sftp.user, secret: sftp.key },
    { name: 'FTPS', kind: 'ftps', ...ofServer, port: ftps.port, user: ftps.user, secret: ftps.password },
  ];
}

/** Makes a target as the form does: it confirms the key that the server shows. */
async function makeTarget(target: NewDeliveryTarget): Promise<void> {
  const { pin } = await stack.api.checkNewDeliveryTarget(target);
  if (target.kind === 'sftp') expect(pin).toBe(sftp.pin());
  const confirmed = { ...target, pin };
  expect(await stack.api.checkNewDeliveryTarget(confirmed)).toEqual({ pin, problem: null });
  await stack.api.createDeliveryTarget(confirmed);
}

function untilEnded(count: number): Promise<Delivery[]> {
  return until(async () => {
    const { deliveries } = await stack.api.listDeliveries();
    const ended = deliveries.filter(({ state }) => state === 'delivered' || state === 'failed');
    return ended.length === count ? ended : undefined;
  }, 90);
}

async function expectOnSite(): Promise<void> {
  const browser = await openChromium();
  try {
    const owner = await createOwner(browser, stack);
    const { page } = await owner.open(`${stack.siteUrl}/settings`);
    for (const language of languages) {
      await page.evaluate(`localStorage.setItem('linkcast.language', '${language}')`);
      await page.reload();
      const { site, problems } = textsOf(language);
      const timeout = 15_000 * LIMIT_FACTOR;
      await page.getByText(problems['delivery-host-key'].sentence({})).waitFor({ timeout });
      await page.getByText(`FTPS · ${site.deliveries.states.delivered}`).waitFor({ timeout });
    }
  } finally {
    await browser.close();
  }
}
