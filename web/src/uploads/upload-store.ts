import { signal } from '@preact/signals';
import type { JobRequest, ProblemDocument } from '@linkcast/contracts';
import { openTransfer, type Transfer, type TransferEvents } from './file-transfer.ts';

/** A file of a person on its way to the server. */
export interface FileUpload {
  readonly key: number;
  readonly name: string;
  readonly bytes: number;
  readonly sentBytes: number;
  readonly state: 'waiting' | 'sending' | 'paused' | 'lost' | 'refused' | 'whole';
  /** Of a refused one. */
  readonly problem: ProblemDocument | null;
  /** Of a whole one. */
  readonly jobId: string | null;
}

/**
 * The files that this page sends, one after another. They go on while the person reads other pages of the site. When the connection is
 * back, those that it has interrupted continue.
 */
export function createUploadStore() {
  const uploads = signal<readonly FileUpload[]>([]);
  const transfers = new Map<number, Promise<Transfer>>();
  let lastKey = 0;

  const change = (key: number, changes: Partial<FileUpload>): void => {
    uploads.value = uploads.value.map((upload) => (upload.key === key ? { ...upload, ...changes } : upload));
    advance();
  };
  const inState = (...states: FileUpload['state'][]) => uploads.value.filter(({ state }) => states.includes(state));
  /** Starts the next file when none is being sent. */
  function advance(): void {
    const [next] = inState('waiting');
    if (!next || inState('sending').length > 0) return;
    change(next.key, { state: 'sending' });
    void transfers.get(next.key)?.then((transfer) => isSending(next.key) && transfer.start());
  }
  const isSending = (key: number): boolean => inState('sending').some((upload) => upload.key === key);
  const eventsOf = (key: number): TransferEvents => ({
    onSent: (sentBytes) => change(key, { sentBytes }),
    onWhole: (jobId) => change(key, { state: 'whole', jobId }),
    onRefused: (problem) => change(key, { state: 'refused', problem }),
    onLost: () => change(key, { state: 'lost' }),
  });
  const add = (file: File, { visibility }: Pick<JobRequest, 'visibility'>): void => {
    const key = ++lastKey;
    const type = file.type.startsWith('audio/') ? 'audio' : 'video';
    const upload = { key, name: file.name, bytes: file.size, sentBytes: 0, problem: null, jobId: null };
    transfers.set(key, openTransfer(file, { type, ...(visibility && { visibility }) }, eventsOf(key)));
    uploads.value = [...uploads.value, { ...upload, state: 'waiting' }];
    advance();
  };
  const withTransfer = (key: number, act: (transfer: Transfer) => void): void => void transfers.get(key)?.then(act);
  const continueLost = (): void => {
    for (const { key } of inState('lost')) change(key, { state: 'waiting' });
  };

  return {
    uploads,
    /** Sends files. @param visibility of their items; without one, as the person prefers */
    send: (files: Iterable<File>, visibility: Pick<JobRequest, 'visibility'>): void => {
      addEventListener('online', continueLost); // the same listener is added once
      for (const file of files) add(file, visibility);
    },
    pause(key: number): void {
      withTransfer(key, (transfer) => transfer.pause());
      change(key, { state: 'paused' });
    },
    /** Continues one that is paused, lost or refused. */
    resume: (key: number): void => change(key, { state: 'waiting', problem: null }),
    /** Takes a file off the list; one that is not whole is given up. */
    remove(key: number): void {
      const isWhole = inState('whole').some((upload) => upload.key === key);
      if (!isWhole) withTransfer(key, (transfer) => transfer.end());
      transfers.delete(key);
      uploads.value = uploads.value.filter((upload) => upload.key !== key);
      advance();
    },
  };
}
