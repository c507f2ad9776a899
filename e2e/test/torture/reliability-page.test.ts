import { expect, test } from 'vitest';
import { createLedger } from '../../torture/ledger.ts';
import { BEGIN, END, withFigures } from '../../torture/proof/page.ts';
import { recordOf, TortureRecord } from '../../torture/proof/record.ts';

const page = `before\n${BEGIN}\nold\n${END}\nafter\n`;

test('a record of a ledger: counts what happened, and becomes rows of the page', () => {
  const ledger = createLedger();
  for (const what of ['fault: disk full', 'fault: kill -9', 'fault: kill -9', 'killed: bot', 'killed: yt-app'])
    ledger.count(what);
  ledger.recovered('kill -9', 400);
  ledger.recovered('kill -9', 1200);
  ledger.violate('a promise', 'that is broken');
  const record = TortureRecord.parse(recordOf({ seed: 7, minutes: 3, database: 'postgres', scene: 'faults' }, ledger));
  expect(record).toMatchObject({ faults: { 'disk full': 1, 'kill -9': 2 }, kills: 2, brokenPromises: 1 });

  const written = withFigures(page, [record]);
  expect(written).toContain('| PostgreSQL | 7 | 3 | 3 | 2 | 0 | 0 | 0 | 0 | 0 | 1 | 0.80 s | 1.20 s |');
  expect(written).toContain('| kill -9 | 2 | 2 | 0.80 s | 1.20 s |');
  expect(written).toContain('| disk full | 1 | 0 | – | – |');
  expect(written).not.toContain('old');
  expect(withFigures(written, [record])).toBe(written);
});

test('a record of a full disk: is a row of a table of its own', () => {
  const ledger = createLedger();
  for (let second = 0; second < 90; second += 1) ledger.count('disk: seconds at its limit');
  const record = recordOf({ seed: 1, minutes: 60, database: 'sqlite', scene: 'full-disk' }, ledger);
  const written = withFigures(page, [TortureRecord.parse(record)]);
  expect(written).toContain('| SQLite | 1 | 60 | 2 | 0 | 0 | 0 | 0 |');
  expect(written).not.toContain('worst recovery');
});

test('without records: the page says so', () => {
  expect(withFigures(page, [])).toBe(`before\n${BEGIN}\n\nNo run is recorded.\n\n${END}\nafter\n`);
});

test('a page without marks: is refused', () => {
  expect(() => withFigures('a page', [])).toThrow('marks');
});
