import type { DoctorTexts } from '@linkcast/texts';
import type { Finding } from './finding.ts';

const COLOURS = { ok: 32, bad: 31, note: 33 };

/** The findings as a table for a terminal; what to do stands below the line. */
export function findingsTable(findings: readonly Finding[], say: DoctorTexts, isColoured: boolean): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const paint = (text: string, colour: number): string => (isColoured ? `\u001B[${colour}m${text}\u001B[0m` : text);
  const rows = findings.flatMap(({ subject, state, detail, advice }) => [
    `${paint(say[state].padEnd(3), COLOURS[state])}  ${subject.padEnd(width)}  ${detail}`,
    ...(advice === undefined ? [] : [`${' '.repeat(width + 7)}→ ${advice}`]),
  ]);
  const badCount = findings.filter(({ state }) => state === 'bad').length;
  return [...rows, '', badCount === 0 ? say.healthy : say.faults(badCount), ''].join('\n');
}
