import { useTexts } from '../../language/texts-context.ts';
import { Icon } from './icon.tsx';

interface FailureNoteProps {
  readonly sentence: string;
  readonly onRetry?: () => void;
}

/** Shows the sentence of a failure, with a retry button when `onRetry` is given. */
export function FailureNote({ sentence, onRetry }: FailureNoteProps) {
  const { site } = useTexts();
  return (
    <div class="failure" role="alert">
      <Icon name="alert" />
      <p>{sentence}</p>
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          <Icon name="retry" />
          {site.errors.retry}
        </button>
      )}
    </div>
  );
}
