import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { Route, Router, useLocation } from 'preact-iso';
import { paths, sitePages, type SitePage } from '@linkcast/contracts';
import { lazy } from '../components/ui/lazy.tsx';
import { useStores } from '../stores/stores.ts';
import { AddPage } from './add-page.tsx';
import { ItemPage } from './library/item-page.tsx';
import { LibraryPage } from './library/library-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { QueuePage } from './queue-page.tsx';
import { RadioPage } from './radio-page.tsx';
import { SignInPage } from './sign-in-page.tsx';

/** Loaded when they are opened: few need them. */
const ActivityPage = lazy(async () => (await import('./owner/activity-page.tsx')).ActivityPage);
const CollectionPage = lazy(async () => (await import('./library/collection-page.tsx')).CollectionPage);
const FollowingPage = lazy(async () => (await import('./following/following-page.tsx')).FollowingPage);
const PeoplePage = lazy(async () => (await import('./owner/people-page.tsx')).PeoplePage);
const SettingsPage = lazy(async () => (await import('./settings-page.tsx')).SettingsPage);
const StoragePage = lazy(async () => (await import('./owner/storage-page.tsx')).StoragePage);
const TrashPage = lazy(async () => (await import('./library/trash-page.tsx')).TrashPage);

const PAGES: Readonly<Record<SitePage, ComponentType>> = {
  '/': LibraryPage,
  '/radio': RadioPage,
  '/queue': QueueRoute,
  '/add': AddRoute,
  '/following': FollowingRoute,
  '/people': PeopleRoute,
  '/activity': ActivityRoute,
  '/trash': TrashRoute,
  '/storage': StorageRoute,
  '/settings': SettingsRoute,
};

/** Routes the address to its page. */
export function Pages() {
  const { path } = useLocation();
  if (!isDecodable(path)) return <NotFoundPage />;
  return (
    <Router>
      {sitePages.map((page) => (
        <Route key={page} path={page} component={PAGES[page]} />
      ))}
      <Route path={paths.watch(':id')} component={ItemPage} />
      <Route path={paths.listen(':id')} component={ItemPage} />
      <Route path={paths.collection(':id')} component={CollectionPage} />
      <Route path={paths.signIn} component={SignInRoute} />
      <Route default component={NotFoundPage} />
    </Router>
  );
}

/** Checks the right inside the route: the router renders again on a new address, not after a sign-in. */
function AddRoute() {
  const { caller } = useStores();
  return caller.can('add') ? <AddPage /> : <SignInPage />;
}

function QueueRoute() {
  const { caller } = useStores();
  return caller.can('add') ? <QueuePage /> : <SignInPage />;
}

function FollowingRoute() {
  const { caller } = useStores();
  return caller.isSignedIn.value ? <FollowingPage /> : <SignInPage />;
}

function PeopleRoute() {
  const { caller } = useStores();
  return caller.isSignedIn.value ? <PeoplePage /> : <SignInPage />;
}

function ActivityRoute() {
  const { caller } = useStores();
  return caller.isSignedIn.value ? <ActivityPage /> : <SignInPage />;
}

function TrashRoute() {
  const { caller } = useStores();
  return caller.isSignedIn.value ? <TrashPage /> : <SignInPage />;
}

function StorageRoute() {
  const { caller } = useStores();
  return caller.isSignedIn.value ? <StoragePage /> : <SignInPage />;
}

function SettingsRoute() {
  const { caller } = useStores();
  return caller.isSignedIn.value ? <SettingsPage /> : <SignInPage />;
}

function SignInRoute() {
  const { caller } = useStores();
  return caller.isSignedIn.value ? <LibraryRedirect /> : <SignInPage />;
}

/** Replaces the address with the library's, so that going back does not return to the sign-in page. */
function LibraryRedirect() {
  const { route } = useLocation();
  useEffect(() => route(paths.library, true), []);
  return null;
}

/** True when the path can be decoded. The router throws on a path such as `/watch/%E0`. */
function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== ''; // without a use of the result, the minifier removes the call
  } catch {
    return false; // URIError
  }
}
