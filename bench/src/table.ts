import { benchTexts } from './texts.ts';

const say = benchTexts;

/** One line of the table; what is missing stays empty. */
export interface Row {
  readonly figure: string;
  readonly ours: string;
  readonly byHand?: string;
  readonly ratio?: string;
  readonly target?: string;
  readonly isMet?: boolean;
}

/** The rows as a table for a terminal, `names` above their columns, numbers to the right, with what has to be known about them below. */
export function renderTable(rows: readonly Row[], notes: readonly string[], names = say.head): string {
  const { figure, ours, byHand, ratio, target, verdict } = names;
  const lines = [[figure, ours, byHand, ratio, target, verdict], ...rows.map(cells)];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 2, say.missed.length));
  const [head, ...body] = lines.map((line) => align(line, widths));
  return ['', head, rule, ...body, rule, ...notes.map((note) => `  ${note}`), ''].join('\n');
}

function cells({ figure, ours, byHand = '', ratio = '', target = '', isMet }: Row): string[] {
  const verdict = isMet === undefined ? '' : isMet ? say.met : say.missed;
  return [figure, ours, byHand, ratio, target, verdict];
}

function align(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, column) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
  );
  return padded.join('  ').trimEnd();
}
