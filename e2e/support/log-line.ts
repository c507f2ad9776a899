import { z } from 'zod';

/** One line of a part's log. */
export interface LogLine {
  readonly part: string;
  readonly message: string;
  /** The second of the day. */
  readonly second: number;
  readonly facts: Readonly<Record<string, unknown>>;
}

const Entry = z.looseObject({ time: z.iso.datetime(), service: z.string(), msg: z.string() });
/** As `make local` prints it: `bot | 09:15:00 WARN message  key=value  key=value`. */
const READABLE = /^(\S+) +\| (\d\d):(\d\d):(\d\d) (?:[A-Z]+ )?(.+?)((?: {2}\w+=.*)?)$/;

/** Parses a line as Docker prints it, with JSON in it, or as `make local` does; undefined for another one. */
export function parseLogLine(text: string): LogLine | undefined {
  const start = text.indexOf('{"level"');
  return start < 0 ? parseReadable(text) : parseJson(text.slice(start));
}

function parseJson(text: string): LogLine | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined; // the line is being printed
  }
  const { data } = Entry.safeParse(json);
  if (!data) return undefined;
  const { time, service: part, msg: message, ...facts } = data;
  return { part, message, second: Math.floor(Date.parse(time) / 1000) % 86_400, facts };
}

function parseReadable(text: string): LogLine | undefined {
  const [, part, hours, minutes, seconds, message, rest = ''] = READABLE.exec(text) ?? [];
  if (part === undefined || message === undefined) return undefined;
  const facts = rest.split('  ').flatMap((fact) => {
    const [, key, value] = /^(\w+)=(.*)$/.exec(fact) ?? [];
    return key === undefined || value === undefined ? [] : [[key, asNumber(value)] as const];
  });
  const second = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return { part, message, second, facts: Object.fromEntries(facts) };
}

function asNumber(value: string): string | number {
  return /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}
