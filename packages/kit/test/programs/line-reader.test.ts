import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineReader } from '../../src/programs/line-reader.ts';

function read(chunks: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const reader = createLineReader((line) => lines.push(line));
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return lines;
}

describe('createLineReader', () => {
  it('lines that end in LF, with or without CR: are given one by one without their ends', () => {
    expect(read([Buffer.from('a\nb\r'), Buffer.from('\nc')])).toEqual(['a', 'b', 'c']);
  });

  it('a CR within a line, as in the errors of yt-dlp: is a space, and the line stays whole', () => {
    expect(read([Buffer.from('ERROR: \r[download] Got error: reset\n')])).toEqual([
      'ERROR:  [download] Got error: reset',
    ]);
  });

  it('a text cut anywhere, even inside a character: gives the same lines', () => {
    const text = Buffer.from('première ligne\nдвa\n三行目 🎬\n');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 8 }), (cuts) => {
        const edges = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const chunks = edges.slice(1).map((end, index) => text.subarray(edges[index], end));
        expect(read(chunks)).toEqual(['première ligne', 'двa', '三行目 🎬']);
      }),
    );
  });

  it('a line without an end: is given in parts of at most 64 kB', () => {
    const lines = read(Array.from({ length: 40 }, () => Buffer.alloc(10_000, 'x')));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(65_536);
    expect(lines.join('').length).toBeGreaterThan(300_000);
  });

  it('empty lines: are not given', () => {
    expect(read([Buffer.from('\n\n')])).toEqual([]);
  });
});
