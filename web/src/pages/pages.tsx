import { useEffect } from 'preact/hooks';
import { Route, Router, useLocation } from 'preact-iso';
import { paths } from '@linkcast/contracts';
import { useStores } from '../stores/stores.ts';
import { AddPage } from './add-page.tsx';
import { ItemPage } from './item-page.tsx';
import { LibraryPage } from './library-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { QueuePage } from './queue-page.tsx';
import { RadioPage } from './radio-page.tsx';
import { SignInPage } from './sign-in-page.tsx';

/** The page that the address names. */
export function Pages() {
  const { path } = useLocation();
  if (!isReadable(path)) return <NotFoundPage />;
  return (
    <Router>
      <Route path={paths.library} component={LibraryPage} />
      <Route path={paths.watch(':id')} component={ItemPage} />
      <Route path={paths.listen(':id')} component={ItemPage} />
      <Route path={paths.radio} component={RadioPage} />
      <Route path={paths.queue} component={QueueRoute} />
      <Route path={paths.add} component={AddRoute} />
      <Route path={paths.signIn} component={SignInRoute} />
      <Route default component={NotFoundPage} />
    </Router>
  );
}

/** Decides inside of the route: the router looks again when the address changes, not when somebody signs in. */
function AddRoute() {
  const { caller } = useStores();
  return caller.can('add') ? <AddPage /> : <SignInPage />;
}

function QueueRoute() {
  const { caller } = useStores();
  return caller.can('add') ? <QueuePage /> : <SignInPage />;
}

function SignInRoute() {
  const { caller } = useStores();
  return caller.isSignedIn.value ? <ToLibrary /> : <SignInPage />;
}

/** Signed in: there is nothing more to do here, and the way back does not lead here. */
function ToLibrary() {
  const { route } = useLocation();
  useEffect(() => route(paths.library, true), []);
  return null;
}

/** The router decodes without care: an address like `/watch/%E0` would end the page. */
function isReadable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== ''; // the result is used, or the minifier drops the call
  } catch {
    return false; // URIError: nothing has such an address
  }
}
