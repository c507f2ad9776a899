import { useEffect, useRef } from 'preact/hooks';

interface LoadMoreProps {
  /** Null: there is no more. */
  readonly cursor: string | null;
  readonly text: string;
  readonly onReach: () => Promise<void>;
}

/** The end of a list that goes on: reads the next page when it comes near the screen. The button is for keyboards. */
export function LoadMore({ cursor, text, onReach }: LoadMoreProps) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || cursor === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void onReach();
      },
      { rootMargin: '600px' },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [cursor]);
  if (cursor === null) return null;
  return (
    <div ref={end} class="load-more">
      <button type="button" class="button" onClick={() => void onReach()}>
        {text}
      </button>
    </div>
  );
}
