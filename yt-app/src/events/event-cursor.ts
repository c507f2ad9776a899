/** The cursor of a client whose last event is of another version or another database: it gets a `reset`. */
const UNKNOWN = -1;

/** Reads a Last-Event-ID: the number of the last event that a client has seen. */
export function eventCursor(lastEventId: string): number {
  return /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : UNKNOWN;
}
