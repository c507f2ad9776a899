import { ConfigError, loadConfig } from '@linkcast/kit';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { IcecastConfig } from '../../src/config.ts';
import { renderEzstreamConf } from '../../src/conf/ezstream-conf.ts';
import { renderIcecastConf } from '../../src/conf/icecast-conf.ts';

const settings = {
  host: '127.0.0.1',
  port: 8000,
  sourcePassword: `<&>"'${'x'.repeat(16)}`,
  adminPassword: 'y'.repeat(16),
  directory: '/data/icecast',
  user: undefined,
};

test('icecast.xml, a password with marks of XML, escapes them', () => {
  expect(renderIcecastConf(settings)).toContain(`<source-password>&lt;&amp;&gt;"'${'x'.repeat(16)}</source-password>`);
});

test('icecast.xml holds no address of a person, one source, and a burst of ten seconds', () => {
  const text = renderIcecastConf(settings);
  expect(text).not.toContain('@');
  expect(text).toContain('<sources>1</sources>');
  expect(text).toContain('<burst-size>240000</burst-size>');
  expect(text).toContain('<queue-size>960000</queue-size>');
  expect(text).not.toContain('changeowner');
});

test('ezstream.xml, a password with control characters, is not made', () => {
  expect(() =>
    renderEzstreamConf({ icecastHost: '::1', icecastPort: 1, sourcePassword: 'a\nb', intakeFile: 'main.ts' }),
  ).toThrow(/control/);
});

test.each(['hackme', 'hackmehackmehackme', 'short', 'with a space in the middle'])(
  'the settings, ICECAST_SOURCE_PASSWORD=%s, are refused without quoting it',
  (password) => {
    const load = () =>
      loadConfig(IcecastConfig, { SERVICE_KEY: 'x'.repeat(24), KEY_DIGESTS: '', ICECAST_SOURCE_PASSWORD: password });
    expect(load).toThrow(ConfigError);
    expect(load).not.toThrow(new RegExp(password));
  },
);

test('the service, hackme as a password and a bad port, ends with 78 and names both', () => {
  const main = path.join(import.meta.dirname, '../../src/main.ts');
  const { status, stderr } = spawnSync(process.execPath, [main], {
    env: { PATH: '/usr/bin', ICECAST_ADMIN_PASSWORD: 'hackme', PORT: 'x' },
    encoding: 'utf8',
  });
  expect(status).toBe(78);
  for (const name of ['SERVICE_KEY', 'KEY_DIGESTS', 'ICECAST_ADMIN_PASSWORD', 'PORT']) expect(stderr).toContain(name);
});
