import { ConfigError, loadConfig } from '@linkcast/kit';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { IcecastConfig } from '../src/config.ts';

test.each(['hackme', 'hackmehackmehackme', 'short', 'with a space in the middle'])(
  'ICECAST_SOURCE_PASSWORD=%s: is refused, and absent from the message',
  (password) => {
    const load = () =>
      loadConfig(IcecastConfig, { SERVICE_KEY: 'x'.repeat(24), KEY_DIGESTS: '', ICECAST_SOURCE_PASSWORD: password });
    expect(load).toThrow(ConfigError);
    expect(load).not.toThrow(new RegExp(password));
  },
);

test('the service with several invalid settings: exits with 78 and lists all of them', () => {
  const main = path.join(import.meta.dirname, '../src/main.ts');
  const { status, stderr } = spawnSync(process.execPath, [main], {
    env: { PATH: '/usr/bin', ICECAST_ADMIN_PASSWORD: 'hackme', PORT: 'x' },
    encoding: 'utf8',
  });
  expect(status).toBe(78);
  for (const name of ['SERVICE_KEY', 'KEY_DIGESTS', 'ICECAST_ADMIN_PASSWORD', 'PORT']) expect(stderr).toContain(name);
});
