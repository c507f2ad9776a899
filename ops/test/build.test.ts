import { runProgram } from '@linkcast/kit';
import { access, constants, mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundlePrograms } from '../src/build/bundle.ts';
import { keepFolders } from '../src/build/plugins.ts';
import { bundledPath, findPrograms, type BundledProgram } from '../src/build/programs.ts';
import { OpsConfig } from '../src/config.ts';
import { planParts } from '../src/parts.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** The services, as they are started. */
const mains = planParts(OpsConfig.parse({}), {}, root).map(({ main }) => main);

describe('the bundled programs', () => {
  test('of this repository: are all services, the programs they start, and the supervisor only of ops', async () => {
    const bundles = (await findPrograms(root)).map(({ bundle }) => bundle);
    expect(bundles).toEqual(expect.arrayContaining(mains));
    for (const started of ['icecast/intake', 'certbot/dns-hook', 'certbot/rehearse', 'yt-app/sign-in-code'])
      expect(bundles).toContain(`dist/${started}/main.js`);
    expect(bundles.filter((bundle) => bundle.startsWith('dist/ops/'))).toEqual([
      'dist/ops/local/announce/main.js',
      'dist/ops/local/main.js',
      'dist/ops/local/plan/main.js',
    ]);
  });
});

describe('the folder of a module in a bundle', () => {
  const rewrite = (source: string, bundle: string): unknown => {
    const { transform } = keepFolders('/repo', bundle);
    if (typeof transform !== 'function') throw new Error('no transformation');
    const call = transform as unknown as (code: string, id: string) => { code: string } | null; // it needs no context
    return call('x(import.meta.dirname)', path.join('/repo', source))?.code;
  };

  test.each([
    ['icecast/src/broadcaster.ts', 'dist/icecast/main.js', 'x(import.meta.dirname)'],
    [
      'yt-app/src/pipeline/download/mp3-extra.ts',
      'dist/yt-app/main.js',
      'x((import.meta.dirname + "/pipeline/download"))',
    ],
    [
      'yt-app/src/pipeline/download/mp3-extra.ts',
      'dist/yt-app/worker/main.js',
      'x((import.meta.dirname + "/../pipeline/download"))',
    ],
    [
      'certbot/src/program/certbot-arguments.ts',
      'dist/certbot/rehearse/main.js',
      'x((import.meta.dirname + "/../program"))',
    ],
  ])('of %s in %s: is the folder of its source', (source, bundle, code) => {
    expect(rewrite(source, bundle)).toBe(code);
  });

  test('of a package without a folder there: is refused', () => {
    expect(() => rewrite('packages/kit/src/x.ts', 'dist/bot/main.js')).toThrow('packages/kit/src/x.ts');
  });
});

describe('the bundles', { timeout: 120_000 }, () => {
  let target: string;
  let programs: readonly BundledProgram[];
  beforeAll(async () => {
    target = await mkdtemp(path.join(root, 'node_modules/.bundles-')); // below the modules that stay outside
    programs = await bundlePrograms({ root, target });
  }, 120_000);
  afterAll(() => rm(target, { recursive: true, force: true }));

  const run = async (bundle: string, env: Record<string, string> = {}) => {
    const said: string[] = [];
    const { outcome } = await runProgram({
      file: process.execPath,
      args: [path.join(target, bundle)],
      env: { PATH: '/usr/bin:/bin', ...env },
      wallSeconds: 60,
      onStderrLine: (line) => {
        said.push(line);
        return false;
      },
    });
    return { outcome, said: said.join('\n') };
  };

  test.each(mains)('%s started with invalid settings: exits with 78 and names them', async (main) => {
    const { outcome, said } = await run(main, { ACCESS: 'nonsense', LOG_LEVEL: 'loud' });
    expect(outcome).toMatchObject({ kind: 'failed', exitCode: 78 });
    expect(said).toContain('LOG_LEVEL');
    expect(said).not.toContain('Warning');
  });

  test('next to their sources: have a source map each, and the other files with the same permissions', async () => {
    for (const { bundle } of programs) {
      const map = JSON.parse(await readFile(path.join(target, `${bundle}.map`), 'utf8')) as { sources: string[] };
      expect(map.sources.length).toBeGreaterThan(0);
    }
    await access(path.join(target, bundledPath('yt-app/src/assets/cover.jpg')));
    for (const program of ['main.js', 'title.sh'])
      await access(path.join(target, 'dist/icecast/intake', program), constants.X_OK);
  });

  test('of bundled packages: have their notices in one file, with the texts of the licences', async () => {
    const notices = await readFile(path.join(target, 'dist/NOTICES.txt'), 'utf8');
    for (const name of ['express', 'telegraf', 'zod', '@simplewebauthn/server'])
      expect(notices).toContain(`\n${name} `);
    expect(notices).toContain('Permission is hereby granted, free of charge');
    expect(notices).not.toContain('\nvitest ');
  });

  test('of parts without a need for them: contain no native module and no HTTP client', async () => {
    const text = (part: string): Promise<string> => readFile(path.join(target, 'dist', part, 'main.js'), 'utf8');
    for (const part of ['nginx', 'certbot', 'ops/local']) expect(await text(part)).not.toContain('node_modules/axios');
    for (const part of ['nginx', 'icecast', 'ddns', 'certbot', 'egress', 'yt-app/worker', 'ops/local'])
      expect(await text(part)).not.toContain('better-sqlite3');
    expect(await text('ops/local')).not.toMatch(/node_modules\/(pino|zod)\//);
  });
});
