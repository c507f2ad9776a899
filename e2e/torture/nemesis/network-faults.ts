import type { TcpLine } from '@linkcast/testing';
import type { World } from '../world/world.ts';
import type { Fault } from './fault.ts';

const SLOW_LINE = 20_000; // bytes a second

/** Faults of the source and of Telegram, and of the lines to them and to the database server. */
export const networkFaults: readonly Fault[] = [
  {
    name: 'source fails',
    weight: 5,
    begin({ origin }, random) {
      const behaviour = random.pick([
        { kind: 'status', status: 503 },
        { kind: 'status', status: 429 },
        { kind: 'truncate', afterBytes: 0, contentLength: 'whole' },
        { kind: 'truncate', afterBytes: random.between(1, 200_000), contentLength: 'whole' },
        { kind: 'stall', afterBytes: random.between(0, 200_000) },
        { kind: 'slow-header', seconds: 5 },
        { kind: 'ignore-range' },
      ] as const);
      origin.behave('/*', behaviour);
      const undo = (): void => void origin.behave('/*', { kind: 'slow-header', seconds: 0 }); // keeps what always misbehaves
      return Promise.resolve({ detail: JSON.stringify(behaviour), seconds: random.between(2, 10), undo });
    },
  },
  {
    name: 'slow source',
    weight: 2,
    begin({ origin }, random) {
      origin.throttle(SLOW_LINE);
      return Promise.resolve({ detail: '', seconds: random.between(3, 10), undo: () => origin.throttle(undefined) });
    },
  },
  {
    name: 'Telegram fails',
    weight: 5,
    begin({ telegram }, random) {
      const fault = random.pick([
        { kind: 'refuse', code: 429, description: 'Too Many Requests: retry after 2', retryAfter: 2 },
        { kind: 'reset' },
        { kind: 'html' },
        { kind: 'hang' },
      ] as const);
      const undo = telegram.fail({ ...fault, times: Infinity });
      return Promise.resolve({ detail: fault.kind, seconds: random.between(2, 10), undo });
    },
  },
  lineFault('line cut', (line) => line.cut()),
  lineFault('line blocked', (line) => line.block()),
];

/** A fault of one of the lines. */
function lineFault(name: string, begin: (line: TcpLine) => void): Fault {
  return {
    name,
    weight: 4,
    begin({ lines }: World, random) {
      const known = Object.entries(lines).flatMap(([to, line]) => (line ? [{ to, line }] : []));
      const { to, line } = random.pick(known);
      begin(line);
      return Promise.resolve({ detail: `to the ${to}`, seconds: random.between(1, 10), undo: () => line.restore() });
    },
  };
}
