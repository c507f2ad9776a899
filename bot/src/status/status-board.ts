import type { Job } from '@linkcast/contracts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { SiteLinks } from '../telegram/site-links.ts';
import { renderStatus, type StatusView, type Trouble } from './status-view.ts';

/** What a status message showed last, and when. */
interface Shown {
  readonly fingerprint: string;
  readonly milestone: StatusView['milestone'];
}

interface Entry {
  job?: Job;
  trouble?: Trouble | undefined;
  shown?: Shown;
  heldUntil?: number;
}

/**
 * The newest that is known of every request under way, in memory only: after a restart it is asked for again, and
 * what must not be lost (the end) is in the request store.
 */
export function createStatusBoard(site: SiteLinks) {
  const entries = new Map<number, Entry>();
  let isApiDown = false;
  const entry = (id: number): Entry => {
    const known = entries.get(id) ?? {};
    entries.set(id, known);
    return known;
  };

  return {
    setJob(requestId: number, job: Job): void {
      entry(requestId).job = job;
      entry(requestId).trouble = undefined;
    },
    setTrouble: (requestId: number, trouble: Trouble | undefined): void => void (entry(requestId).trouble = trouble),
    /** The newest that is known of its job, in memory or in its ending. */
    jobOf: ({ id, ending }: MediaRequest): Job | undefined =>
      ending?.kind === 'job' ? ending.job : entries.get(id)?.job,
    /** What is shown will soon be out of date: the message waits until then, or until it is released. */
    hold: (requestId: number, until: number): void => void (entry(requestId).heldUntil = until),
    release(requestId: number): void {
      delete entries.get(requestId)?.heldUntil;
    },
    /** Milliseconds since 1970; 0: not held. */
    heldUntil: (requestId: number): number => entries.get(requestId)?.heldUntil ?? 0,
    setApiDown: (isDown: boolean): void => void (isApiDown = isDown),
    forget: (requestId: number): void => void entries.delete(requestId),

    view(request: MediaRequest): StatusView {
      const { job, trouble } = entries.get(request.id) ?? {};
      const general = isApiDown && request.state !== 'ended' ? 'api-down' : undefined;
      return renderStatus({ request, job, trouble: trouble ?? general }, site);
    },
    /** How a view differs from what is shown: not at all, by progress only, or by a milestone. */
    difference(requestId: number, view: StatusView): 'none' | 'progress' | 'milestone' {
      const shown = entries.get(requestId)?.shown;
      if (!shown) return view.milestone === 'begun' ? 'progress' : 'milestone';
      if (shown.milestone !== view.milestone) return 'milestone';
      return shown.fingerprint === fingerprint(view) ? 'none' : 'progress';
    },
    setShown(requestId: number, view: StatusView): void {
      entry(requestId).shown = { fingerprint: fingerprint(view), milestone: view.milestone };
    },
  };
}

export type StatusBoard = ReturnType<typeof createStatusBoard>;

function fingerprint({ text, keyboard }: StatusView): string {
  return JSON.stringify([text, keyboard]);
}
