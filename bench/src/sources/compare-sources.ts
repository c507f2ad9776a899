import type { Row } from '../table.ts';
import { benchTexts } from '../texts.ts';

export interface SourceFigures {
  /** Seconds from the arrival of a link to a file until its item can be played. */
  readonly direct: number;
  /** Seconds until a list is listed. */
  readonly list: number;
  readonly listEntries: number;
  /** Delay that is added to a live source, in its segments. */
  readonly live: number;
}

const say = benchTexts;

const TARGETS = { direct: 0.8, list: 3, live: 1.5 };

export function compareSources({ direct, list, listEntries, live }: SourceFigures): Row[] {
  return [
    row(say.rows.direct, direct, TARGETS.direct, say.seconds),
    row(say.rows.list(listEntries), list, TARGETS.list, say.seconds),
    row(say.rows.live, live, TARGETS.live, say.segments),
  ];
}

function row(figure: string, value: number, most: number, write: (value: number) => string): Row {
  return { figure, ours: write(value), target: say.atMost(write(most)), isMet: value <= most };
}
