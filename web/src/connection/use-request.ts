import { useEffect, useState } from 'preact/hooks';
import { failureSentence } from '../format/failure-sentence.ts';
import { useTexts } from '../language/texts-context.ts';

/** The state of a request to the server. */
export interface RequestState<T> {
  /** Undefined until the first response. */
  readonly value: T | undefined;
  /** The sentence of a failed request; empty otherwise. */
  readonly failure: string;
  /** Sends the request again; the value stays until the new response. */
  readonly reload: () => Promise<void>;
}

/** Sends a request when the component mounts; a response after it unmounts is dropped. */
export function useRequest<T>(send: () => Promise<T>): RequestState<T> {
  const texts = useTexts();
  const [value, setValue] = useState<T>();
  const [failure, setFailure] = useState('');
  const [unmounted] = useState(() => new AbortController());

  const reload = async () => {
    try {
      const fresh = await send();
      if (unmounted.signal.aborted) return;
      setValue(() => fresh);
      setFailure('');
    } catch (error) {
      if (!unmounted.signal.aborted) setFailure(failureSentence(error, texts));
    }
  };
  useEffect(() => {
    void reload();
    return () => unmounted.abort();
  }, []);
  return { value, failure, reload };
}
