import { useEffect } from 'preact/hooks';
import { useTexts } from '../language/texts-context.ts';
import { FailureNote } from '../components/ui/failure-note.tsx';
import { Logo } from '../components/ui/logo.tsx';
import { useStores } from '../stores/stores.ts';

const RETRY_MS = 5000;

interface OpeningPageProps {
  readonly text?: string;
  readonly onRetry: () => void;
}

/** Shown until the caller is read: a short text, or the failure. Retries every 5 s after a failure. */
export function OpeningPage({ text, onRetry }: OpeningPageProps) {
  const { site } = useTexts();
  const { caller } = useStores();
  const failure = caller.failure.value;
  useEffect(() => {
    if (failure === '') return;
    const timer = setInterval(onRetry, RETRY_MS);
    return () => clearInterval(timer);
  }, [failure]);
  return (
    <main id="content" class="opening">
      <Logo />
      {failure === '' ? (
        <p role="status">{text ?? site.signIn.opening}</p>
      ) : (
        <FailureNote sentence={failure} onRetry={onRetry} />
      )}
    </main>
  );
}
