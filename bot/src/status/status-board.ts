import type { Job, Visibility } from '@linkcast/contracts';
import type { TextsFor } from '../people/language-store.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { SiteLinks } from '../telegram/site-links.ts';
import { renderStatus, type StatusView, type Trouble } from './status-view.ts';

/** The last view that a status message showed. */
interface Shown {
  readonly fingerprint: string;
  readonly milestone: StatusView['milestone'];
}

interface Entry {
  job?: Job;
  trouble?: Trouble | undefined;
  shown?: Shown;
}

/**
 * The newest state of every open request, in memory only: it is read again after a restart, and the end, which must not
 * be lost, is in the request store.
 */
export function createStatusBoard(site: SiteLinks, textsFor: TextsFor) {
  const entries = new Map<number, Entry>();
  let isApiDown = false;
  const entry = (id: number): Entry => {
    const known = entries.get(id) ?? {};
    entries.set(id, known);
    return known;
  };

  return {
    setJob(rowId: number, job: Job): void {
      entry(rowId).job = job;
      entry(rowId).trouble = undefined;
    },
    /** Removes the job of a request that does not exist for the requester any more. */
    removeJob(rowId: number): void {
      delete entry(rowId).job;
    },
    /** The visibility of the job as it was last read; undefined: it was not read yet. */
    visibilityOf: (rowId: number): Visibility | undefined => entries.get(rowId)?.job?.visibility,
    setTrouble: (rowId: number, trouble: Trouble | undefined): void => void (entry(rowId).trouble = trouble),
    setApiDown: (isDown: boolean): void => void (isApiDown = isDown),
    forget: (rowId: number): void => void entries.delete(rowId),

    /** The status message in the language of the requester. */
    view(request: MediaRequest): StatusView {
      const { job, trouble } = entries.get(request.id) ?? {};
      const general = isApiDown && request.state !== 'ended' ? 'api-down' : undefined;
      return renderStatus({ request, job, trouble: trouble ?? general }, textsFor(request.userId), site);
    },
    /** The difference of a view to the shown one. */
    difference(rowId: number, view: StatusView): 'none' | 'progress' | 'milestone' {
      const shown = entries.get(rowId)?.shown;
      if (!shown) return view.milestone === 'begun' ? 'progress' : 'milestone';
      if (shown.milestone !== view.milestone) return 'milestone';
      return shown.fingerprint === fingerprint(view) ? 'none' : 'progress';
    },
    setShown(rowId: number, view: StatusView): void {
      entry(rowId).shown = { fingerprint: fingerprint(view), milestone: view.milestone };
    },
  };
}

export type StatusBoard = ReturnType<typeof createStatusBoard>;

function fingerprint({ text, keyboard }: StatusView): string {
  return JSON.stringify([text, keyboard]);
}
