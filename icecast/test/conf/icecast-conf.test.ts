import { expect, test } from 'vitest';
import { renderIcecastConf } from '../../src/conf/icecast-conf.ts';

const settings = {
  host: '127.0.0.1',
  port: 8000,
  sourcePassword: `<&>"'${'x'.repeat(16)}`,
  adminPassword: 'y'.repeat(16),
  directory: '/data/icecast',
  user: undefined,
};

test('a password with XML characters: is escaped', () => {
  expect(renderIcecastConf(settings)).toContain(`<source-password>&lt;&amp;&gt;"'${'x'.repeat(16)}</source-password>`);
});

test('icecast.xml: has no email address, one source, and a burst of ten seconds', () => {
  const text = renderIcecastConf(settings);
  expect(text).not.toContain('@');
  expect(text).toContain('<sources>1</sources>');
  expect(text).toContain('<burst-size>240000</burst-size>');
  expect(text).toContain('<queue-size>960000</queue-size>');
  expect(text).not.toContain('changeowner');
});
