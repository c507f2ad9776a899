import { useEffect } from 'preact/hooks';
import { texts } from '@linkcast/texts';

/** Names the browser's tab while a page is open. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? texts.site.name : `${title} · ${texts.site.name}`;
  }, [title]);
}
