import { useEffect } from 'preact/hooks';
import { texts } from '@linkcast/texts';

/** Sets the title of the document; empty: the name of the site. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? texts.site.name : `${title} · ${texts.site.name}`;
  }, [title]);
}
