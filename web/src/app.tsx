import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import type { ReadonlySignal } from '@preact/signals';
import { paths } from '@linkcast/contracts';
import { Shell } from './components/shell.tsx';
import type { Connection } from './data/event-stream.ts';
import { StoresProvider, type Stores } from './data/stores.ts';
import { AddPage } from './pages/add-page.tsx';
import { ItemPage } from './pages/item-page.tsx';
import { LibraryPage } from './pages/library-page.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { QueuePage } from './pages/queue-page.tsx';
import { RadioPage } from './pages/radio-page.tsx';
import { RadioProvider } from './player/radio-context.ts';
import type { RadioPlayer } from './player/radio-player.ts';

/** Links that leave the pages: files, the stream and the API are the server's. */
const pagesOnly = /^\/(?!media\/|api\/|play$|video\/|audio\/|hls\/|s\/)/;

interface AppProps {
  readonly stores: Stores;
  readonly radio: RadioPlayer;
  readonly connection: ReadonlySignal<Connection>;
}

/** The site. */
export function App({ stores, radio, connection }: AppProps) {
  return (
    <StoresProvider value={stores}>
      <RadioProvider value={radio}>
        <LocationProvider scope={pagesOnly}>
          <Shell connection={connection}>
            <Pages />
          </Shell>
        </LocationProvider>
      </RadioProvider>
    </StoresProvider>
  );
}

function Pages() {
  const { path } = useLocation();
  if (!isReadable(path)) return <NotFoundPage />;
  return (
    <Router>
      <Route path={paths.library} component={LibraryPage} />
      <Route path={paths.watch(':id')} component={ItemPage} />
      <Route path={paths.listen(':id')} component={ItemPage} />
      <Route path={paths.radio} component={RadioPage} />
      <Route path={paths.queue} component={QueuePage} />
      <Route path={paths.add} component={AddPage} />
      <Route default component={NotFoundPage} />
    </Router>
  );
}

/** The router decodes without care: an address like `/watch/%E0` would end the page. */
function isReadable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== ''; // the result is used, or the minifier drops the call
  } catch {
    return false; // URIError: nothing has such an address
  }
}
