import { expect, test } from 'vitest';
import { renderEzstreamConf } from '../../src/conf/ezstream-conf.ts';

test('a password with control characters: is refused', () => {
  expect(() =>
    renderEzstreamConf({ icecastHost: '::1', icecastPort: 1, sourcePassword: 'a\nb', intakeFile: 'main.ts' }),
  ).toThrow(/control/);
});
