import { paths } from '@linkcast/contracts';
import { useTexts } from '../language/texts-context.ts';
import { EmptyState } from '../components/ui/empty-state.tsx';
import { usePageTitle } from '../components/ui/page-title.ts';

/** The page for an unknown address. */
export function NotFoundPage() {
  const { site } = useTexts();
  usePageTitle(site.titles.notFound);
  return (
    <EmptyState icon="alert" heading={site.notFound.heading} hint={site.notFound.hint}>
      <a class="button button-primary" href={paths.library}>
        {site.item.toLibrary}
      </a>
    </EmptyState>
  );
}
