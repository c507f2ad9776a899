import type { Ledger } from './ledger.ts';
import type { TortureOptions } from './options.ts';

/** The result of a run, for people: what happened, and every broken promise. */
export function renderReport(
  { seed, minutes, database, scene }: TortureOptions,
  { counts, recoveries, violations }: Ledger,
): string {
  const lines = [...counts].toSorted(([one], [other]) => one.localeCompare(other));
  return [
    `SEED=${seed} MINUTES=${minutes} DATABASE=${database} SCENE=${scene}`,
    ...lines.map(([what, count]) => `${String(count).padStart(7)}  ${what}`),
    ...[...recoveries].map(([fault, times]) => `${summary(times)}  until it served again after: ${fault}`),
    violations.length === 0 ? 'no promise was broken' : `${violations.length} broken promises:`,
    ...violations.map(({ promise, detail }) => `  ${promise}: ${detail}`),
    '',
  ].join('\n');
}

function summary(times: readonly number[]): string {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return `${mean.toFixed(0).padStart(7)} ms, at most ${Math.max(...times)} ms, ${times.length} measured`;
}
