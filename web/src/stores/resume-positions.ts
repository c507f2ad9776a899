const KEY = 'linkcast.positions';
const KEPT = 300;
const EARLY_SECONDS = 10;
const LATE_RATIO = 0.96;

/** Seconds by media id, oldest first. */
type Positions = Record<string, { readonly at: number; readonly of: number }>;

export type ResumePositions = ReturnType<typeof createResumePositions>;

/** Where the person stopped in each item, on this device. A browser that refuses storage just remembers nothing. */
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
      openStorage().setItem(KEY, JSON.stringify(Object.fromEntries(Object.entries(positions).slice(-KEPT))));
    } catch (error) {
      console.warn('positions cannot be kept', error); // private mode, or no space
    }
  }

  return {
    /** Seconds to go on at; 0 when it was hardly begun or nearly over. */
    get: (id: string): number => read()[id]?.at ?? 0,
    /** The part watched, 0 to 1. */
    ratio: (id: string): number => {
      const position = read()[id];
      return position ? Math.min(1, position.at / position.of) : 0;
    },
    keep: (id: string, atSeconds: number, ofSeconds: number): void => {
      const others = Object.fromEntries(Object.entries(read()).filter(([known]) => known !== id));
      const worthKeeping = atSeconds >= EARLY_SECONDS && ofSeconds > 0 && atSeconds < ofSeconds * LATE_RATIO;
      write(worthKeeping ? { ...others, [id]: { at: atSeconds, of: ofSeconds } } : others);
    },
  };
}

function parse(text: string | null): Positions {
  const stored: unknown = JSON.parse(text ?? '{}');
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter(isPosition));
}

function isPosition(entry: [string, unknown]): entry is [string, Positions[string]] {
  const { at, of } = (entry[1] ?? {}) as { at?: unknown; of?: unknown }; // only looked at
  return typeof at === 'number' && typeof of === 'number';
}
