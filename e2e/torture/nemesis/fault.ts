import type { Ledger } from '../ledger.ts';
import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';

/** A kind of fault. */
export interface Fault {
  readonly name: string;
  /** Its share of the choices, beside the others. */
  readonly weight: number;
  /** Brings the fault about. @returns a detail for the log, and what undoes it; undefined: nothing was there to break. */
  readonly begin: (world: World, random: Random, ledger: Ledger) => Promise<Begun | undefined>;
}

/** A fault that has begun. */
export interface Begun {
  readonly detail: string;
  /** The part that was killed. */
  readonly killed?: string;
  /** Seconds until it is undone. */
  readonly seconds: number;
  readonly undo: () => Promise<void> | void;
  /** Called when the installation serves again; the nemesis waits for that. */
  readonly served?: () => void;
}

/** A fault that needs no undoing. */
export function atOnce(detail: string): Begun {
  return { detail, seconds: 0, undo: () => undefined };
}
