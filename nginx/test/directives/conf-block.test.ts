import { expect, test } from 'vitest';
import { quote, renderConf } from '../../src/directives/conf-block.ts';

test('a value that could end its directive: is refused, unless it is quoted', () => {
  const write = (value: string) => renderConf((root) => root.directive('server_name', value));
  for (const value of ['a; evil on', 'a } server {', 'a # b', '"open', 'a\nb'])
    expect(() => write(value)).toThrow(/end/);
  expect(write('"a; b"')).toBe('server_name "a; b";\n');
});

test('a literal with a dollar sign: is refused, as nginx cannot escape it', () => {
  expect(() => quote('5 $')).toThrow(/\$/);
  expect(quote('a "b" \\')).toBe(String.raw`"a \"b\" \\"`);
});
