import { expect, test } from 'vitest';
import { qrPath } from '../../../src/components/ui/qr/qr-path.ts';

test('rows of modules: become a rectangle for each run of dark ones', () => {
  const rows = [
    [true, true, false, true],
    [false, false, false, false],
    [false, true, true, true],
  ];
  expect(qrPath(rows)).toBe('M0 0h2v1h-2zM3 0h1v1h-1zM1 2h3v1h-3z');
});

test('the path of a large grid: covers its dark modules and no others', () => {
  const grid = Array.from({ length: 45 }, (_, y) => Array.from({ length: 45 }, (_, x) => (x * 7 + y * x + 3) % 5 < 3));
  const drawn = grid.map((row) => row.map(() => false));
  for (const [, x, y, length] of qrPath(grid).matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    drawn[Number(y)]?.fill(true, Number(x), Number(x) + Number(length));
  }
  expect(drawn).toEqual(grid);
});
