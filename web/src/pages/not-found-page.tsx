import { paths } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import { EmptyState } from '../components/ui/empty-state.tsx';
import { usePageTitle } from '../components/ui/page-title.ts';

const site = texts.site;

/** The page for an unknown address. */
export function NotFoundPage() {
  usePageTitle(site.titles.notFound);
  return (
    <EmptyState icon="alert" heading={site.notFound.heading} hint={site.notFound.hint}>
      <a class="button button-primary" href={paths.library}>
        {site.item.toLibrary}
      </a>
    </EmptyState>
  );
}
