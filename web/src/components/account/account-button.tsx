import { useLocation } from 'preact-iso';
import { paths } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';

/** Links to the settings of the person; for callers without a session, to the sign-in page. */
export function AccountButton() {
  const { site } = useTexts();
  const { caller } = useStores();
  const { path } = useLocation();
  if (caller.isSignedIn.value) {
    return (
      <a
        class="icon-button account-button"
        href={paths.settings}
        aria-label={site.account.open}
        aria-current={path === paths.settings ? 'page' : undefined}
      >
        <Icon name="person" />
      </a>
    );
  }
  if (path === paths.signIn) return null;
  return (
    <a class="sign-in-link" href={paths.signIn}>
      {site.signIn.link}
    </a>
  );
}
