import { texts } from '@linkcast/texts';
import { Icon } from './icon.tsx';

interface FailureNoteProps {
  readonly sentence: string;
  readonly onRetry?: () => void;
}

/** What went wrong, with another try where there can be one. */
export function FailureNote({ sentence, onRetry }: FailureNoteProps) {
  return (
    <div class="failure" role="alert">
      <Icon name="alert" />
      <p>{sentence}</p>
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          <Icon name="retry" />
          {texts.site.errors.retry}
        </button>
      )}
    </div>
  );
}
