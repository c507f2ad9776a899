import { Diagnosis, type Finding, type Health, type WorkerMachine } from '@linkcast/contracts';
import { writeBackupStatus, type BackupStatus } from '@linkcast/kit';
import { mountSmallDisk } from '@linkcast/testing';
import { message, worded } from '@linkcast/texts';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createDiagnose } from '../../src/health/diagnosis/diagnosis.ts';
import { startApi } from '../fixtures/api-fixture.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';

const DAY_MS = 86_400_000;
const CLAIM = { worker: 'w', instance: 'i', kind: 'job', downloader: '2026.10.26' } as const;
const MACHINE: WorkerMachine = {
  ...{ sandbox: 'landlock', runtime: 'deno 2.5', ffmpeg: { version: '7.1', missingEncoders: [] } },
};
const HEALTH: Health = {
  ...{ status: 'ok', version: '0.1.0', checks: [], name: null, certificate: null, notices: [] },
  reachability: { state: 'local', ...worded(message('reach-local')) },
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'linkcast-diagnosis-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Situation {
  readonly health?: Partial<Health>;
  readonly machines?: readonly WorkerMachine[];
  readonly mediaDir?: string;
  readonly backupEveryMs?: number;
}

async function findings({ health, machines = [MACHINE], mediaDir = folder, backupEveryMs }: Situation = {}) {
  const workers = { present: () => machines.map((machine) => ({ ...CLAIM, machine })) };
  const diagnose = createDiagnose({ mediaDir, dataDir: folder, backupEveryMs, workers });
  return (await diagnose({ ...HEALTH, ...health })).findings;
}
async function find(name: string, situation: Situation = {}): Promise<Finding | undefined> {
  return (await findings(situation)).find((finding) => finding.name === name);
}
const BAD = { state: 'bad', action: { sentence: expect.stringMatching(/^[A-Z].{20,}/) as string } };

describe('the machine of the workers', () => {
  test.each<[string, WorkerMachine, string]>([
    ['JavaScript runtime', { ...MACHINE, runtime: null }, 'missing'],
    ['ffmpeg', { ...MACHINE, ffmpeg: null }, 'missing'],
    [
      'ffmpeg',
      { ...MACHINE, ffmpeg: { version: '7.1', missingEncoders: ['libx264', 'aac'] } },
      'lacks libx264 and aac',
    ],
    ['sandbox', { ...MACHINE, sandbox: 'none' }, 'without a sandbox'],
  ])('%s: a worker whose machine lacks it is a fault, beside one that has it', async (name, machine, words) => {
    expect(await find(name)).toMatchObject({ state: 'ok', action: null });
    const found = await find(name, {
      machines: [MACHINE, machine],
    });
    expect(found).toMatchObject({ ...BAD, sentence: expect.stringContaining(words) as string });
  });

  test('without a worker: nothing is known of it, which is a note', async () => {
    for (const name of ['JavaScript runtime', 'ffmpeg', 'sandbox'])
      expect(await find(name, { machines: [] })).toMatchObject({ state: 'note' });
  });
});

describe('the disk of the library', () => {
  test('that is fine: has a speed, and nothing is left on it', async () => {
    const all = await findings();
    expect(all.find(({ name }) => name === 'disk speed')?.sentence).toMatch(/^writes [\d.]+ [kMG]B a second$/);
    expect(all.find(({ name }) => name === 'files')).toMatchObject({ state: 'ok' });
    expect(await readdir(path.join(folder, '.work'))).toEqual([]);
  });

  test('that is read-only, and has few inodes: is a fault with what to do', async ({ skip }) => {
    const disk = await mountSmallDisk(8, { inodes: 100 });
    if (!disk) return skip('a small disk can be mounted by root only');
    onTestFinished(() => disk.close());
    expect(await find('files', { mediaDir: disk.folder })).toMatchObject(BAD);
    disk.setReadOnly(true);
    expect(await find('disk speed', { mediaDir: disk.folder })).toMatchObject({
      ...{ ...BAD, sentence: 'MEDIA_DIR cannot be written (EROFS)' },
    });
    disk.setReadOnly(false);
  });
});

describe('backups', () => {
  const note = (ageMs: number, failure: 'disk-full' | null = null): Promise<void> => {
    const at = new Date(Date.now() - ageMs).toISOString();
    const status: BackupStatus = { lastGood: { name: 'a', madeAt: at, bytes: 1 }, lastRun: { endedAt: at, failure } };
    return writeBackupStatus(folder, status);
  };
  const scheduled = { backupEveryMs: DAY_MS };

  test('none: is a note, and with a schedule a fault; each says what to do', async () => {
    expect(await find('backup')).toMatchObject({ ...BAD, state: 'note' });
    expect(await find('backup', scheduled)).toMatchObject(BAD);
  });

  test('too old, or failed: is a fault with what to do; a young one is fine', async () => {
    await note(1000);
    expect(await find('backup', scheduled)).toMatchObject({ state: 'ok' });
    await note(3 * DAY_MS);
    expect(await find('backup')).toMatchObject({ state: 'ok' });
    expect(await find('backup', scheduled)).toMatchObject(BAD);
    await note(1000, 'disk-full');
    expect(await find('backup', scheduled)).toMatchObject({ ...BAD, message: { cause: { code: 'backup-disk-full' } } });
  });
});

describe('the parts', () => {
  const failing = (name: string, code?: Parameters<typeof message>[0]) => ({
    ...{ name, ok: false, detail: 'a sentence', ...(code && { message: { code, facts: { marker: 'm' } } }) },
  });

  test.each([
    ...['database', 'worker', 'downloader', 'media volume', 'disk space', 'station', 'library', 'queue'],
    ...['public name', 'certificate', 'reachable', 'a check of later'],
  ])('a failed check of %s: says what to do', async (name) => {
    expect(await find(name, { health: { checks: [failing(name)] } })).toMatchObject(BAD);
  });

  test('a volume that is missing: says it in its sentence', async () => {
    const checks = [failing('media volume', 'volume-missing')];
    expect(await find('media volume', { health: { checks } })).toMatchObject({ state: 'bad', action: null });
  });

  test('that do not respond: are named, since one that does not accept its settings ends', async () => {
    expect(await find('settings', { health: { checks: [failing('worker'), failing('station')] } })).toMatchObject({
      ...{ ...BAD, sentence: 'not responding: worker, icecast, ddns and certbot' },
    });
  });

  test('without a public name: the reachability is a note', async () => {
    expect(await find('reachable')).toMatchObject({ state: 'note', sentence: HEALTH.reachability.sentence });
  });

  test('notices: are listed, a critical one as a fault', async () => {
    const since = new Date().toISOString();
    const notices = (['critical', 'warning'] as const).map((severity) => ({
      ...{ key: severity, severity, since, sentence: severity, action: { sentence: 'Do it.' } },
    }));
    const found = (await findings({ health: { notices } })).filter(({ name }) => name === 'notice');
    expect(found.map(({ state, action }) => [state, action?.sentence])).toEqual([
      ['bad', 'Do it.'],
      ['note', 'Do it.'],
    ]);
  });
});

describe('GET /api/diagnosis', () => {
  test('for an owner: answers in their language; for members and nobody: is refused', async () => {
    const api = await startApi();
    onTestFinished(() => api.stop());
    const [owner, member] = [openBrowser(api), openBrowser(api)];
    await owner.signIn({ role: 'owner', telegramId: 1, name: 'Ada' });
    await member.signIn({ role: 'member', telegramId: 2, name: 'Grace' });
    const answer = await owner.ask('get', '/api/diagnosis', undefined, { 'accept-language': 'ru' });
    const found = Diagnosis.parse(answer.body).findings.find(({ name }) => name === 'backup');
    expect(found).toMatchObject({ sentence: 'её нет', action: { sentence: expect.stringMatching(/[а-я]/) as string } });
    expectProblem(await member.ask('get', '/api/diagnosis'), 'forbidden');
    expectProblem(await openBrowser(api).ask('get', '/api/diagnosis'), 'unauthorized');
  });
});
