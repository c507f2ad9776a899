import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { paths } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Icon } from '../ui/icon.tsx';
import { lazy } from '../ui/lazy.tsx';

const AccountDialog = lazy(async () => (await import('./account-dialog.tsx')).AccountDialog);

/** Opens the account dialog; for callers without a session, links to the sign-in page. */
export function AccountButton() {
  const { site } = useTexts();
  const { caller } = useStores();
  const { path } = useLocation();
  const [open, setOpen] = useState(false);
  if (!caller.isSignedIn.value) {
    if (path === paths.signIn) return null;
    return (
      <a class="sign-in-link" href={paths.signIn}>
        {site.signIn.link}
      </a>
    );
  }
  return (
    <>
      <button
        type="button"
        class="icon-button account-button"
        aria-label={site.account.open}
        onClick={() => setOpen(true)}
      >
        <Icon name="person" />
      </button>
      {open && <AccountDialog onClose={() => setOpen(false)} />}
    </>
  );
}
