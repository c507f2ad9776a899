const KEY = 'linkcast.positions';
const MAX_POSITIONS = 300;
const EARLY_SECONDS = 10;
const LATE_RATIO = 0.96;

/** By media id, oldest first: position and duration in seconds. The names are those in the browser's storage. */
type Positions = Record<string, { readonly at: number; readonly of: number }>;

export type ResumePositions = ReturnType<typeof createResumePositions>;

/** The playback position of each item on this device. A browser that refuses storage has no positions. */
export function createResumePositions(openStorage: () => Pick<Storage, 'getItem' | 'setItem'>) {
  function read(): Positions {
    try {
      return parse(openStorage().getItem(KEY));
    } catch (error) {
      console.warn('positions cannot be read', error);
      return {};
    }
  }

  function write(positions: Positions): void {
    try {
      openStorage().setItem(KEY, JSON.stringify(Object.fromEntries(Object.entries(positions).slice(-MAX_POSITIONS))));
    } catch (error) {
      console.warn('positions cannot be written', error); // private mode, or no space
    }
  }

  return {
    /** Returns the position to resume at, in seconds; 0 when playback stopped near the start or the end. */
    get: (id: string): number => read()[id]?.at ?? 0,
    /** Returns the part of the item that was played, 0 to 1. */
    ratio: (id: string): number => {
      const position = read()[id];
      return position ? Math.min(1, position.at / position.of) : 0;
    },
    /** Stores a position; one near the start or the end is removed instead. */
    set: (id: string, atSeconds: number, ofSeconds: number): void => {
      const others = Object.fromEntries(Object.entries(read()).filter(([otherId]) => otherId !== id));
      const isResumable = atSeconds >= EARLY_SECONDS && ofSeconds > 0 && atSeconds < ofSeconds * LATE_RATIO;
      write(isResumable ? { ...others, [id]: { at: atSeconds, of: ofSeconds } } : others);
    },
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
