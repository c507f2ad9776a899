/** Lets recordings of live sources go on beside the claim loops: they take hours, and other jobs need the loops. */
export interface RecordingSlots {
  /**
   * Runs a piece of work. Resolves when it has ended, or goes on as a recording for which there is room.
   *
   * @param run takes the function that it calls when it records a live source.
   */
  run(run: (onRecording: () => void) => Promise<void>): Promise<void>;
  /** Resolves when all recordings have ended. */
  ended(): Promise<void>;
}

/** @param most recordings beside the loops; a further one keeps its loop. */
export function createRecordingSlots(most: number): RecordingSlots {
  const recordings = new Set<Promise<void>>();

  return {
    run(run) {
      const detached = Promise.withResolvers<undefined>();
      const work = run(() => {
        if (recordings.size >= most) return;
        recordings.add(work);
        detached.resolve(undefined);
      });
      void work.finally(() => recordings.delete(work)); // one that rejects is a bug, and ends the process
      return Promise.race([work, detached.promise]);
    },
    async ended() {
      await Promise.all(recordings);
    },
  };
}
