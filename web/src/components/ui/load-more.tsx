import { useEffect, useRef } from 'preact/hooks';

interface LoadMoreProps {
  /** Cursor of the next page; null at the end. */
  readonly cursor: string | null;
  readonly text: string;
  readonly onReach: () => Promise<void>;
}

/** Reads the next page of a list when its end comes near the viewport. The button serves keyboards. */
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
