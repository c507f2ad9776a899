import { eventPayloads, type EventName, type LinkcastEvent } from '@linkcast/contracts';

type EventOf<Name extends EventName> = Extract<LinkcastEvent, { name: Name }>;

/** An event as it is stored. That of the station has no data: its view is made when the event is delivered. */
export type StoredEvent = Exclude<LinkcastEvent, EventOf<'station'>> | { readonly name: 'station' };

/** An event as it is delivered. */
export interface EventEntry {
  /** Its number; null for the progress of a job, which is not stored. */
  readonly number: number | null;
  readonly event: StoredEvent;
}

/** The columns of an event. */
export interface EventColumns {
  readonly name: string;
  /** Id of the job or the item that the event is about. */
  readonly subject: string | null;
  /** JSON. */
  readonly data: string | null;
}

export function writeEvent(event: StoredEvent): EventColumns {
  switch (event.name) {
    case 'station':
    case 'reset':
      return { name: event.name, subject: null, data: null };
    default:
      return { name: event.name, subject: event.data.id, data: JSON.stringify(event.data) };
  }
}

/** Parses an event. One that another version of the product has written becomes a `reset`: consumers then read the lists. */
export function readEvent({ name, data }: EventColumns): StoredEvent {
  if (name === 'station') return { name };
  const reset = { name: 'reset', data: {} } as const;
  if (!isStoredName(name) || data === null) return reset;
  const parsed = eventPayloads[name].safeParse(JSON.parse(data));
  return parsed.success ? ({ name, data: parsed.data } as StoredEvent) : reset; // the pair belongs together
}

function isStoredName(name: string): name is Exclude<EventName, 'station'> {
  return name !== 'station' && Object.hasOwn(eventPayloads, name);
}
