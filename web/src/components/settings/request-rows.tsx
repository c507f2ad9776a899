import type { ComponentChildren } from 'preact';
import type { RequestState } from '../../connection/use-request.ts';
import { useTexts } from '../../language/texts-context.ts';
import { FailureNote } from '../ui/failure-note.tsx';

interface RequestRowsProps<T> {
  readonly request: RequestState<readonly T[]>;
  readonly rowOf: (entry: T) => ComponentChildren;
}

/** The rows of a list that is read from the server: a placeholder while it loads, the sentence of a failure. */
export function RequestRows<T>({ request, rowOf }: RequestRowsProps<T>) {
  const { account } = useTexts().site;
  const { value, failure, reload } = request;
  return (
    <>
      {failure !== '' && <FailureNote sentence={failure} onRetry={() => void reload()} />}
      {!value && failure === '' && <div class="skeleton-rows" role="status" aria-label={account.loading} />}
      {value && value.length > 0 && <ul class="rows">{value.map(rowOf)}</ul>}
    </>
  );
}
