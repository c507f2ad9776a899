import type { MediaType } from '@linkcast/contracts';

/** The kind of a source: it gives a whole file, gives one with damage in the middle, or never gives one. */
export type SourceKind = 'healthy' | 'damaged' | 'broken' | 'forbidden';

/** Something that was asked for, and its answer. One link may be asked for several times. */
export interface Entry {
  readonly url: string;
  readonly type: MediaType;
  readonly source: SourceKind;
  /** Of each accepted request over the API: the job that it was answered with. */
  readonly jobIds: Set<string>;
  /** Jobs that were accepted before the database was damaged: they may be lost with it. */
  readonly forgivenJobIds: Set<string>;
  /** Of each request in Telegram: the person and their message. */
  readonly messages: Message[];
  /** Somebody cancelled one of its jobs, or deleted its item: it need not be in the library. */
  isUnwanted: boolean;
}

export interface Message {
  readonly person: number;
  readonly messageId: number;
  /** A database was damaged afterwards: the answer may be lost with it. */
  isForgiven: boolean;
}

/** The requests of people, as they themselves would write them down. */
export interface Ledger {
  readonly entries: readonly Entry[];
  add(entry: Pick<Entry, 'url' | 'type' | 'source'>): Entry;
  /** Names of the faults that are under way. */
  readonly faults: Set<string>;
  /** Counts something, for the report. */
  count(what: string): void;
  readonly counts: ReadonlyMap<string, number>;
  /** Notes the time from the end of a fault until the installation served again. */
  recovered(fault: string, milliseconds: number): void;
  /** Milliseconds, by the name of the fault. */
  readonly recoveries: ReadonlyMap<string, readonly number[]>;
  /** The database of this part was damaged: what it held so far may be lost, when that is said. */
  forgive(part: 'yt-app' | 'bot'): void;
  /** Notes a broken promise that was seen while it happened. */
  violate(promise: string, detail: string): void;
  readonly violations: readonly Violation[];
}

export interface Violation {
  readonly promise: string;
  readonly detail: string;
}

export function createLedger(): Ledger {
  const entries: Entry[] = [];
  const counts = new Map<string, number>();
  const recoveries = new Map<string, number[]>();
  const violations: Violation[] = [];
  return {
    entries,
    faults: new Set(),
    counts,
    recoveries,
    violations,
    add(fields) {
      const entry: Entry = {
        ...fields,
        jobIds: new Set(),
        forgivenJobIds: new Set(),
        messages: [],
        isUnwanted: false,
      };
      entries.push(entry);
      return entry;
    },
    count: (what) => void counts.set(what, (counts.get(what) ?? 0) + 1),
    recovered: (fault, milliseconds) =>
      void recoveries.set(fault, [...(recoveries.get(fault) ?? []), Math.round(milliseconds)]),
    forgive(part) {
      for (const entry of entries) {
        for (const message of entry.messages) message.isForgiven = true; // of both: the bot reports what yt-app says
        if (part === 'yt-app') forgiveJobs(entry);
      }
    },
    violate: (promise, detail) => void violations.push({ promise, detail }),
  };
}

function forgiveJobs(entry: Entry): void {
  for (const id of entry.jobIds) entry.forgivenJobIds.add(id);
  entry.jobIds.clear();
  entry.isUnwanted = true; // its job may be lost before there was an item
}
