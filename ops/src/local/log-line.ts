/** A line of a part's JSON log, as a person reads it; other lines stay as they are. */
export function readableLine(part: string, line: string, width: number): string {
  const entry = parseEntry(line);
  const name = part.padEnd(width);
  if (entry === undefined) return `${name} | ${line}`;
  const { level, time, msg, ...fields } = entry;
  delete fields['service'];
  const mark = level === 'info' || level === 'debug' || level === 'trace' ? '' : `${String(level).toUpperCase()} `;
  const wantsStack = level === 'error' || level === 'fatal';
  const facts = Object.entries(fields).map(([key, value]) => `${key}=${readableValue(value, wantsStack)}`);
  return [`${name} | ${clockTime(time)} ${mark}${typeof msg === 'string' ? msg : ''}`, ...facts].join('  ');
}

function parseEntry(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line) as Record<string, unknown>; // begins with a brace, so it is an object
    return typeof entry['level'] === 'string' ? entry : undefined;
  } catch {
    return undefined; // not JSON after all
  }
}

/** `2026-11-21T08:15:00.123Z` becomes the local `09:15:00`. */
function clockTime(time: unknown): string {
  const date = new Date(typeof time === 'string' ? time : NaN);
  return Number.isNaN(date.getTime()) ? '' : date.toTimeString().slice(0, 8);
}

function readableValue(value: unknown, wantsStack: boolean): string {
  if (isError(value)) return wantsStack ? value.stack.replaceAll('\n', '\n    ') : value.message;
  if (typeof value === 'string') return /^[^\s"]+$/.test(value) ? value : JSON.stringify(value);
  return JSON.stringify(value);
}

/** An error as pino writes it. */
function isError(value: unknown): value is { message: string; stack: string } {
  if (typeof value !== 'object' || value === null || !('stack' in value) || !('message' in value)) return false;
  return typeof value.stack === 'string' && typeof value.message === 'string';
}
