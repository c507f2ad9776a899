import { expect, test } from 'vitest';
import { formatBytes } from '../../src/format/size.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [4_200, '4.2 kB'],
  [4_200_000, '4.2 MB'],
  [310_000_000, '310 MB'],
  [1_340_000_000, '1.3 GB'],
])('%d bytes become %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
