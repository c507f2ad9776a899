import { LocationProvider } from 'preact-iso';
import type { ReadonlySignal } from '@preact/signals';
import { Shell } from './components/shell.tsx';
import type { Entrance } from './data/entrance.ts';
import type { Connection } from './data/event-stream.ts';
import { StoresProvider, useStores, type Stores } from './data/stores.ts';
import { OpeningPage } from './pages/opening-page.tsx';
import { Pages } from './pages/pages.tsx';
import { SignInPage } from './pages/sign-in-page.tsx';
import { SwitchPage } from './pages/switch-page.tsx';
import { RadioProvider } from './player/radio-context.ts';
import type { RadioPlayer } from './player/radio-player.ts';

/** Links that leave the pages: files, the stream and the API are the server's. */
const pagesOnly = /^\/(?!media\/|api\/|play$|video\/|audio\/|hls\/|s\/)/;

interface AppProps {
  readonly stores: Stores;
  readonly radio: RadioPlayer;
  readonly connection: ReadonlySignal<Connection>;
  readonly entrance: Entrance;
}

/** The site. */
export function App({ stores, radio, connection, entrance }: AppProps) {
  return (
    <StoresProvider value={stores}>
      <RadioProvider value={radio}>
        <LocationProvider scope={pagesOnly}>
          <Door connection={connection} entrance={entrance} />
        </LocationProvider>
      </RadioProvider>
    </StoresProvider>
  );
}

/** Lets in who may watch. The address stays: after signing in, the page that was asked for is shown. */
function Door({ connection, entrance }: Pick<AppProps, 'connection' | 'entrance'>) {
  const { caller } = useStores();
  if (!caller.caller.value) return <OpeningPage onRetry={() => void entrance.enter()} />;
  if (entrance.question.value && caller.isSignedIn.value) return <SwitchPage entrance={entrance} />;
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
