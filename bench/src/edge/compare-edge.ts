import type { Row } from '../table.ts';
import { RELOADS, type ReloadFigures } from './measure-reload.ts';
import type { SlowClientFigures } from './measure-slow-clients.ts';
import { benchTexts } from '../texts.ts';

export interface EdgeFigures {
  /** Segments a second. */
  readonly rate: { readonly closed: number; readonly open: number };
  readonly slowClients: SlowClientFigures;
  readonly slowClientCount: number;
  readonly reload: ReloadFigures;
}

const say = benchTexts;

/** Targets of the edge: a ratio, seconds. */
const TARGETS = { rate: 0.8, slowest: 1 };

export function compareEdge({ rate, slowClients, slowClientCount, reload }: EdgeFigures): Row[] {
  const ratio = rate.closed / rate.open;
  return [
    {
      figure: say.rows.rate,
      ours: say.perSecond(rate.closed),
      byHand: say.perSecond(rate.open),
      ratio: say.times(ratio),
      target: say.atLeast(say.times(TARGETS.rate)),
      isMet: ratio >= TARGETS.rate,
    },
    {
      figure: say.rows.slowClients(slowClientCount),
      ours: say.seconds(slowClients.slowest),
      target: say.below(say.seconds(TARGETS.slowest)),
      isMet: slowClients.slowest < TARGETS.slowest,
    },
    {
      figure: say.rows.reload(reload.requests, RELOADS),
      ours: String(reload.failed),
      target: '0',
      isMet: reload.failed === 0,
    },
  ];
}
