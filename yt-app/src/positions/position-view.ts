import type { Position } from '@linkcast/contracts';
import type { PositionRecord } from './position-table.ts';

/** A position as the API shows it. */
export function positionView({ positionMs, isWatched, updatedAt }: PositionRecord): Position {
  return { seconds: positionMs / 1000, isWatched, updatedAt: new Date(updatedAt).toISOString() };
}
