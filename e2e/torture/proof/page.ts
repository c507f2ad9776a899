import type { TortureRecord } from './record.ts';

export const BEGIN = '<!-- figures of make torture: begin -->';
export const END = '<!-- figures of make torture: end -->';

/** The page with the figures of these records between its marks. @throws when a mark is missing */
export function withFigures(page: string, records: readonly TortureRecord[]): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('the page has no marks for the figures');
  return `${page.slice(0, begin + BEGIN.length)}\n\n${figures(records)}\n${page.slice(end)}`;
}

function figures(records: readonly TortureRecord[]): string {
  if (records.length === 0) return 'No run is recorded.\n';
  const of = (scene: TortureRecord['scene']) => records.filter((record) => record.scene === scene);
  const [faults, full] = [of('faults'), of('full-disk')];
  return [
    ...(faults.length > 0 ? [runsTable(faults), recoveryTable(faults)] : []),
    ...(full.length > 0 ? ['With people watching while the disk was full:\n', fullDiskTable(full)] : []),
  ].join('\n');
}

function fullDiskTable(records: readonly TortureRecord[]): string {
  const head = ['database', 'seed', 'minutes', 'of them at the limit', 'accepted requests', 'jobs lost'];
  const rows = records.map(({ database, seed, minutes, fullSeconds, accepted, lost, segments, brokenPromises }) =>
    [nameOf(database), seed, minutes, Math.round(fullSeconds / 60), accepted, lost, segments, brokenPromises].map(
      String,
    ),
  );
  return table([[...head, 'segments watched', 'broken promises'], ...rows]);
}

function runsTable(records: readonly TortureRecord[]): string {
  const head = 'database seed minutes faults kills accepted lost decoded partial segments promises mean worst'.split(
    ' ',
  );
  const names: Readonly<Record<string, string>> = {
    kills: 'processes killed',
    accepted: 'accepted requests',
    lost: 'jobs lost',
    decoded: 'files decoded',
    partial: 'partial',
    segments: 'segments watched',
    promises: 'broken promises',
    mean: 'mean recovery',
    worst: 'worst recovery',
  };
  const rows = records.map((record) => {
    const times = Object.values(record.recoveries).flat();
    const faults = Object.values(record.faults).reduce((sum, count) => sum + count, 0);
    const { seed, minutes, kills, accepted, lost, lostWithDatabase, decoded, partial, segments } = record;
    return [
      ...[nameOf(record.database), seed, minutes, faults, kills, accepted],
      lostWithDatabase === 0 ? lost : `${lost} (and ${lostWithDatabase} with a damaged database)`,
      ...[decoded, partial, segments, record.brokenPromises, mean(times), worst(times)],
    ].map(String);
  });
  return table([head.map((name) => names[name] ?? name), ...rows]);
}

function recoveryTable(records: readonly TortureRecord[]): string {
  const kinds = [...new Set(records.flatMap(({ faults }) => Object.keys(faults)))].toSorted();
  const rows = kinds.map((kind) => {
    const times = records.flatMap(({ recoveries }) => recoveries[kind] ?? []);
    const count = records.reduce((sum, { faults }) => sum + (faults[kind] ?? 0), 0);
    return [kind, String(count), String(times.length), mean(times), worst(times)];
  });
  return table([['fault', 'times', 'measured', 'mean recovery', 'worst recovery'], ...rows]);
}

const nameOf = (database: TortureRecord['database']): string => (database === 'sqlite' ? 'SQLite' : 'PostgreSQL');
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

function mean(times: readonly number[]): string {
  return times.length === 0 ? '–' : seconds(times.reduce((sum, time) => sum + time, 0) / times.length);
}

function worst(times: readonly number[]): string {
  return times.length === 0 ? '–' : seconds(Math.max(...times));
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
