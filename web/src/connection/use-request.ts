import { useEffect, useState } from 'preact/hooks';
import { failureSentence } from '../format/failure-sentence.ts';

/** What a question to the server has come to. */
export interface Answer<T> {
  /** Undefined while it is awaited, and when it failed. */
  readonly value: T | undefined;
  /** Why there is none; empty when there is, or may still be. */
  readonly failure: string;
  /** Asks again; the old answer stays until the new one is there. */
  readonly reload: () => Promise<void>;
}

/** Asks the server while the component stands; an answer that comes too late is dropped. */
export function useRequest<T>(ask: () => Promise<T>): Answer<T> {
  const [value, setValue] = useState<T>();
  const [failure, setFailure] = useState('');
  const [life] = useState(() => new AbortController());

  const reload = async () => {
    try {
      const answer = await ask();
      if (!life.signal.aborted) setValue(() => answer);
    } catch (error) {
      if (!life.signal.aborted) setFailure(failureSentence(error));
    }
  };
  useEffect(() => {
    void reload();
    return () => life.abort();
  }, []);
  return { value, failure, reload };
}
