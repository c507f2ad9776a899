import { isNearEnd, RESUME_FROM_SECONDS } from '@linkcast/contracts';

const KEY = 'linkcast.positions';
const MAX_POSITIONS = 300;

/** By media id, oldest first: position and duration in seconds. The names are those in the browser's storage. */
type Positions = Record<string, { readonly at: number; readonly of: number }>;

export type ResumePositions = ReturnType<typeof createResumePositions>;

/** The storage of the browser; tests have their own. */
export type PositionStorage = () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The playback positions of a guest or visitor, in this browser. A browser that refuses storage has none. */
export function createResumePositions(openStorage: PositionStorage) {
  function read(): Positions {
    try {
      return parse(openStorage().getItem(KEY));
    } catch (error) {
      console.warn('positions cannot be read', error);
      return {};
    }
  }

  function change(write: (storage: ReturnType<PositionStorage>) => void): void {
    try {
      write(openStorage());
    } catch (error) {
      console.warn('positions cannot be written', error); // private mode, or no space
    }
  }

  function write(positions: Positions): void {
    const kept = Object.fromEntries(Object.entries(positions).slice(-MAX_POSITIONS));
    change((storage) => storage.setItem(KEY, JSON.stringify(kept)));
  }

  return {
    /** Returns the position to resume at, in seconds; 0 when playback stopped near the start or the end. */
    get: (id: string): number => read()[id]?.at ?? 0,
    /** Returns all positions, in seconds by media id. */
    all: (): ReadonlyMap<string, number> => new Map(Object.entries(read()).map(([id, { at }]) => [id, at])),
    /** Stores a position; one near the start or the end is removed instead. */
    set: (id: string, atSeconds: number, ofSeconds: number): void => {
      const others = Object.fromEntries(Object.entries(read()).filter(([otherId]) => otherId !== id));
      const isResumable = atSeconds >= RESUME_FROM_SECONDS && ofSeconds > 0 && !isNearEnd(atSeconds, ofSeconds);
      write(isResumable ? { ...others, [id]: { at: atSeconds, of: ofSeconds } } : others);
    },
    /** Removes all positions. */
    clear: (): void => change((storage) => storage.removeItem(KEY)),
  };
}

function parse(text: string | null): Positions {
  const stored: unknown = JSON.parse(text ?? '{}');
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter(isPosition));
}

function isPosition(entry: [string, unknown]): entry is [string, Positions[string]] {
  const { at, of } = (entry[1] ?? {}) as { at?: unknown; of?: unknown }; // both are checked below
  return typeof at === 'number' && typeof of === 'number';
}
