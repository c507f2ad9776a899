import { useEffect } from 'preact/hooks';
import { useTexts } from '../../language/texts-context.ts';

/** Sets the title of the document; empty: the name of the site. */
export function usePageTitle(title: string): void {
  const { site } = useTexts();
  useEffect(() => {
    document.title = title === '' ? site.name : `${title} · ${site.name}`;
  }, [title]);
}
