import { LocationProvider } from 'preact-iso';
import type { ReadonlySignal } from '@preact/signals';
import { Shell } from './components/shell.tsx';
import type { Connection } from './data/event-stream.ts';
import { StoresProvider, useStores, type Stores } from './data/stores.ts';
import { OpeningPage } from './pages/opening-page.tsx';
import { Pages } from './pages/pages.tsx';
import { SignInPage } from './pages/sign-in-page.tsx';
import { RadioProvider } from './player/radio-context.ts';
import type { RadioPlayer } from './player/radio-player.ts';

/** Links that leave the pages: files, the stream and the API are the server's. */
const pagesOnly = /^\/(?!media\/|api\/|play$|video\/|audio\/|hls\/|s\/)/;

interface AppProps {
  readonly stores: Stores;
  readonly radio: RadioPlayer;
  readonly connection: ReadonlySignal<Connection>;
  /** Asks once more who this is. */
  readonly onRetry: () => void;
}

/** The site. */
export function App({ stores, radio, connection, onRetry }: AppProps) {
  return (
    <StoresProvider value={stores}>
      <RadioProvider value={radio}>
        <LocationProvider scope={pagesOnly}>
          <Door connection={connection} onRetry={onRetry} />
        </LocationProvider>
      </RadioProvider>
    </StoresProvider>
  );
}

/** Lets in who may watch. The address stays: after signing in, the page that was asked for is shown. */
function Door({ connection, onRetry }: Pick<AppProps, 'connection' | 'onRetry'>) {
  const { caller } = useStores();
  if (!caller.caller.value) return <OpeningPage onRetry={onRetry} />;
  if (!caller.can('watch')) {
    return (
      <main id="content">
        <SignInPage />
      </main>
    );
  }
  return (
    <Shell connection={connection}>
      <Pages />
    </Shell>
  );
}
