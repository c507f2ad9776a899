import { useEffect, useRef, useState } from 'preact/hooks';
import type { Activity, ActivityKind } from '@linkcast/contracts';
import { failureSentence } from '../../format/failure-sentence.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';

/** The entries that are shown; undefined: all. */
export interface ActivityFilter {
  /** Id of a person. */
  readonly person?: string | undefined;
  readonly kind?: ActivityKind | undefined;
}

/** The activity log as a page shows it. */
export interface ShownActivity {
  /** Undefined until it was read. */
  readonly entries: readonly Activity[] | undefined;
  /** The sentence of the last failed read; empty after a successful one. */
  readonly failure: string;
  /** Cursor of the next page; null at the end. */
  readonly nextCursor: string | null;
  readonly reload: () => Promise<void>;
  readonly loadMore: () => Promise<void>;
}

/** Reads the activity log page by page, again when the filter changes. */
export function useActivity({ person, kind }: ActivityFilter): ShownActivity {
  const texts = useTexts();
  const { activity } = useStores();
  const [entries, setEntries] = useState<readonly Activity[]>();
  const [nextCursor, setNextCursor] = useState<string | null>(null);
  const [failure, setFailure] = useState('');
  /** Counts the reads: the answer to one that was overtaken is dropped. */
  const reads = useRef(0);

  const read = async (cursor: string | null): Promise<void> => {
    reads.current += 1;
    const number = reads.current;
    const filter = { ...(person !== undefined && { person }), ...(kind !== undefined && { kind }) };
    try {
      const page = await activity.listActivity(cursor === null ? filter : { ...filter, cursor });
      if (number !== reads.current) return;
      setEntries((before = []) => (cursor === null ? page.activity : [...before, ...page.activity]));
      setNextCursor(page.nextCursor);
      setFailure('');
    } catch (error) {
      if (number === reads.current) setFailure(failureSentence(error, texts));
    }
  };
  useEffect(() => void read(null), [person, kind]);
  return { entries, failure, nextCursor, reload: () => read(null), loadMore: () => read(nextCursor) };
}
