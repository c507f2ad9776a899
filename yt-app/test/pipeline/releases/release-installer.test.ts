import { appendFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { detectSandbox, minimalEnvironment, startProgram } from '@linkcast/kit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createReleaseRig, type ReleaseRig } from '../../fixtures/release-rig.ts';
import { makeSigningKey, startReleaseServer, type ReleaseServer } from '../../fixtures/release-server.ts';

const FIRST = '2099.01.01';
const SECOND = '2099.01.02';
const THIRD = '2099.01.03.123456';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // many runs of Python

let server: ReleaseServer;
let rig: ReleaseRig;

beforeAll(async () => {
  server = await startReleaseServer();
});
afterAll(() => server.close());
beforeEach(() => server.origin.behaveWell());

const stored = async (): Promise<string[]> =>
  (await readdir(rig.folder)).filter((name) => name.startsWith('2099')).toSorted();

describe('a signed release', () => {
  beforeEach(async () => {
    rig = await createReleaseRig({ server });
  });
  afterEach(() => rig.close());

  test('becomes current, and is current after a restart', async () => {
    const installed = rig.downloaders.current();
    expect(installed).toMatch(/^20\d\d\./);
    await server.publish(FIRST);
    expect(await rig.downloaders.isWanted(FIRST)).toBe(true);
    await rig.update();
    expect(rig.downloaders.current()).toBe(FIRST);
    rig = await rig.restart();
    expect(rig.downloaders.current()).toBe(FIRST);
    expect(rig.downloaders.isUsable()).toBe(true);
    expect(await rig.downloaders.isWanted(FIRST)).toBe(false);
  });

  test('and two after it: the last two are kept, and the folder of no try is left', async () => {
    for (const version of [FIRST, SECOND, THIRD]) {
      await server.publish(version);
      await rig.update();
    }
    expect(rig.downloaders.current()).toBe(THIRD);
    expect(await stored()).toEqual([SECOND, THIRD]);
    expect(await readdir(rig.folder)).not.toContain('.partial');
    expect(await readdir(path.join(rig.folder, THIRD))).toEqual(['lib']);
  });

  test('while a job runs: the job keeps the one that it began with, and its files stay', async () => {
    await server.publish(FIRST);
    await rig.update();
    const seen = await rig.downloaders.use(async (ytDlp) => {
      for (const version of [SECOND, THIRD]) {
        await server.publish(version);
        await rig.update();
      }
      return ytDlp.version();
    });
    expect(seen).toBe(FIRST);
    expect(rig.downloaders.current()).toBe(THIRD);
  });

  test('older than the present one, or than the oldest safe version: is not wanted', async () => {
    await server.publish(SECOND);
    await rig.update();
    expect(await rig.downloaders.isWanted(FIRST)).toBe(false);
    expect(await rig.downloaders.isWanted('2026.01.01')).toBe(false);
    expect(await rig.downloaders.isWanted(THIRD)).toBe(true);
  });

  test('older than a newly installed yt-dlp: the installed one is used', async () => {
    const installed = rig.downloaders.current();
    await server.publish('2020.01.01');
    await rig.update(); // nobody asked whether it is wanted
    rig = await rig.restart();
    expect(rig.downloaders.current()).toBe(installed);
  });

  test('damaged on the disk later: the installed yt-dlp is used', async () => {
    const installed = rig.downloaders.current();
    await server.publish(FIRST);
    await rig.update();
    await rm(path.join(rig.folder, FIRST, 'lib/yt_dlp/version.py'));
    await rm(path.join(rig.folder, FIRST, 'lib/yt_dlp/__pycache__'), { recursive: true });
    rig = await rig.restart();
    expect(rig.downloaders.current()).toBe(installed);
  });
});

/** A zip file with these entries. */
async function zipOf(entries: Record<string, string>): Promise<Buffer> {
  const target = path.join(rig.folder, 'made.zip');
  const code =
    'import json,sys,zipfile\nwith zipfile.ZipFile(sys.argv[1],"w",8) as z:\n for e in json.load(sys.stdin).items(): z.writestr(*e)';
  const program = startProgram({
    file: 'python3',
    args: ['-c', code, target],
    env: minimalEnvironment('/'),
    stdin: 'pipe',
  });
  program.stdin?.end(JSON.stringify(entries));
  await program.outcome;
  return readFile(target);
}

test('a release that runs code of its own: can change neither itself nor its neighbours', async () => {
  const sandbox = await detectSandbox();
  rig = await createReleaseRig({ server });
  const code = `
import os
for folder in ('.', '..', '../..', '../../..'):
    try:
        open(os.path.join(os.path.dirname(__file__), folder, 'evil'), 'w').close()
    except OSError:
        pass
`;
  await server.publish(FIRST, { code });
  await rig.update();
  const folders = ['.', FIRST, `${FIRST}/lib`, `${FIRST}/lib/yt_dlp`].map((name) => path.join(rig.folder, name));
  const found = await Promise.all(folders.map(async (folder) => (await readdir(folder)).includes('evil')));
  await rig.close();
  expect(found.includes(true)).toBe(sandbox === 'none');
});

describe('a release', () => {
  beforeAll(async () => {
    rig = await createReleaseRig({ server });
    await server.publish(FIRST);
    await rig.update();
  });
  afterAll(() => rig.close());
  /** The present release stays, and the refused one leaves nothing that could become current. */
  const expectRefused = async (fault: string): Promise<void> => {
    await expect(rig.update()).rejects.toMatchObject({ name: 'ReleaseRefused', fault });
    expect(rig.downloaders.current()).toBe(FIRST);
    expect(await rig.store.current()).toMatchObject({ version: FIRST });
    expect(await stored()).toEqual([FIRST]);
  };

  test('with altered bytes: is refused', async () => {
    await server.publish(SECOND);
    await appendFile(server.fileOf(SECOND, 'yt-dlp'), 'x');
    await expectRefused('checksum');
    await expect(stat(path.join(rig.folder, '.partial/yt-dlp.zip'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('with altered checksums that fit its altered bytes: is refused', async () => {
    await server.publish(SECOND);
    const signature = await readFile(server.fileOf(SECOND, 'SHA2-256SUMS.sig'));
    await server.publish(SECOND, { program: Buffer.from('evil') });
    await writeFile(server.fileOf(SECOND, 'SHA2-256SUMS.sig'), signature);
    await expectRefused('signature');
  });

  test('signed by another key: is refused', async () => {
    await server.publish(SECOND, { key: await makeSigningKey() });
    await expectRefused('signature');
  });

  test('without a signature: is refused', async () => {
    await server.publish(SECOND);
    await rm(server.fileOf(SECOND, 'SHA2-256SUMS.sig'));
    await expectRefused('signature');
  });

  test.each([
    ['empty', Buffer.alloc(0)],
    ['no signature', Buffer.from('-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n')],
    ['noise', Buffer.alloc(16_000, 0x99)],
  ])('with a signature that is %s: is refused', async (_name, signature) => {
    await server.publish(SECOND);
    await writeFile(server.fileOf(SECOND, 'SHA2-256SUMS.sig'), signature);
    await expectRefused('signature');
  });

  test('whose signed checksums lack the program: is refused', async () => {
    await server.publish(SECOND, { sums: (sums) => sums.replace('  yt-dlp\n', '  yt-dlp_linux\n') });
    await expectRefused('checksum');
  });

  test('that ends early: is refused', async () => {
    await server.publish(SECOND);
    server.origin.behave(server.pathOf(SECOND, 'yt-dlp'), {
      ...{ kind: 'truncate', afterBytes: 100_000, contentLength: 'sent' },
    });
    await expectRefused('checksum');
  });

  test('that never ends: is refused', async () => {
    await server.publish(SECOND);
    server.origin.behave(server.pathOf(SECOND, 'SHA2-256SUMS'), { kind: 'endless' });
    await expectRefused('size');
  });

  test('that breaks off: is an error of the source', async () => {
    await server.publish(SECOND);
    server.origin.behave(server.pathOf(SECOND, 'yt-dlp'), {
      ...{ kind: 'truncate', afterBytes: 100_000, contentLength: 'whole' },
    });
    await expect(rig.update()).rejects.toMatchObject({ code: 'source-unreachable' });
    expect(rig.downloaders.current()).toBe(FIRST);
  });

  test('that is an older one under a newer name: is refused', async () => {
    await server.publish(SECOND, { states: FIRST });
    await expectRefused('version');
  });

  test('that is no zip file: is refused', async () => {
    await server.publish(SECOND, { program: Buffer.from('#!/bin/sh\necho 2099.01.02\n') });
    await expectRefused('trial');
  });

  test('with names that lead out of its folder: writes nothing there, and is refused', async () => {
    const program = await zipOf({ '../../evil.py': 'evil', '/tmp/linkcast-evil.py': 'evil' });
    await server.publish(SECOND, { program });
    await expectRefused('version');
    expect(await readdir(rig.folder)).not.toContain('evil.py');
    expect(await readdir(path.dirname(rig.folder))).not.toContain('evil.py');
    await expect(stat('/tmp/linkcast-evil.py')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('that unpacks to more than a release can have: is refused before it is written', async () => {
    await server.publish(SECOND, { program: await zipOf({ 'bomb.py': ' '.repeat(101e6) }) });
    await expectRefused('trial');
    await expect(stat(path.join(rig.folder, '.partial/lib/bomb.py'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('that does not download the clip: is refused', async () => {
    await server.publish(SECOND, { failsFor: 'trial.invalid' });
    await expectRefused('trial');
  });
});
