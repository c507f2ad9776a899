import { partNames, partSettings, siteUrl } from '@linkcast/contracts';
import { runProgram } from '@linkcast/kit';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readDescriptions, readFaults } from '../src/part-settings.ts';
import { sourceMainOf } from '../src/parts.ts';

const root = path.resolve(import.meta.dirname, '../..');
const main = (name: (typeof partNames)[number]): string => path.join(root, sourceMainOf(name));

describe('the settings of a part', () => {
  test.each(partNames)('of %s: are those of the parts list, and no others', async (name) => {
    const names = (await readDescriptions(main(name))).map((setting) => setting.name);
    expect(names.toSorted()).toEqual([...partSettings[name]].toSorted());
  });

  test('with valid values: have no faults, and the part starts nothing', async () => {
    expect(await readFaults(main('egress'), { EGRESS_KEY: 'k'.repeat(24) })).toEqual([]);
  });

  test('with invalid values: all faults are reported at once, without the values', async () => {
    const faults = await readFaults(main('egress'), { EGRESS_KEY: 'secret', PORT: 'many' });
    expect(faults).toHaveLength(2);
    expect(faults.join('\n')).not.toMatch(/secret|many/);
  });

  test('of a program that does not exist: the error has its standard error', async () => {
    await expect(readFaults(path.join(root, 'no-such-part.ts'), {})).rejects.toThrow('no-such-part');
  });
});

describe('the public root of the site', () => {
  test.each<Record<string, string>>([
    {},
    { HTTP_PORT: '9090' },
    { DOMAIN_NAME: 'media.test' },
    { DOMAIN_NAME: 'media.test', SITE_URL: 'https://media.test:8443/' },
    { SITE_URL: 'http://192.0.2.7:8080' },
  ])('with %o: is the same for the scripts as for the parts', async (settings) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'site-url-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await mkdir(path.join(folder, 'ops'));
    await copyFile(path.join(root, 'ops/setting.sh'), path.join(folder, 'ops/setting.sh'));
    const { stdout } = await runProgram({
      file: 'sh',
      args: ['-c', '. ops/setting.sh; site_url'],
      env: { PATH: '/usr/bin:/bin', ...settings },
      cwd: folder,
      wallSeconds: 10,
    });
    expect(stdout).toBe(siteUrl({ ...settings, HTTP_PORT: Number(settings['HTTP_PORT'] ?? 8080) }));
  });
});
