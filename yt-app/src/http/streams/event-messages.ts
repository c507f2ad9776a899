import type { Station } from '@linkcast/contracts';
import type { Language } from '@linkcast/texts';
import type { EventEntry } from '../../events/stored-event.ts';
import { translateJob } from '../../jobs/job-problem.ts';
import type { SseMessage } from './sse-stream.ts';

/** Makes the message of an event for a client. */
export type EventMessages = (entry: EventEntry, language: Language) => Promise<SseMessage>;

/** The view of the station after an event, which serves all earlier events of the station, too. */
interface SharedView {
  readonly number: number;
  readonly madeAt: number;
  readonly view: Promise<Station>;
}

/** A view has the number of listeners, which changes without an event. */
const SHARED_MS = 5000;

/** @param viewStation makes the view of the station as it is now. */
export function createEventMessages(viewStation: () => Promise<Station>): EventMessages {
  let shared: SharedView | undefined;

  const stationAfter = (number: number): Promise<Station> => {
    const now = performance.now();
    if (shared && shared.number >= number && now - shared.madeAt < SHARED_MS) return shared.view;
    const view = viewStation();
    shared = { number, madeAt: now, view };
    view.catch(() => (shared = undefined)); // the next one tries again
    return view;
  };
  const dataOf = async ({ number, event }: EventEntry, language: Language): Promise<unknown> => {
    if (event.name === 'station') return stationAfter(number ?? Infinity);
    return event.name === 'job' ? translateJob(event.data, language) : event.data;
  };

  return async (entry, language) => ({
    id: entry.number === null ? undefined : String(entry.number),
    event: { name: entry.event.name, data: await dataOf(entry, language) },
  });
}
