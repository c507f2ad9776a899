import { LocationProvider, useLocation } from 'preact-iso';
import type { ReadonlySignal } from '@preact/signals';
import { paths } from '@linkcast/contracts';
import { Shell } from './pages/shell.tsx';
import type { AddressSignIn } from './sign-in/address-sign-in.ts';
import type { Connection } from './connection/event-subscription.ts';
import { StoresProvider, useStores, type Stores } from './stores/stores.ts';
import { JoinPage } from './pages/join-page.tsx';
import { OpeningPage } from './pages/opening-page.tsx';
import { Pages } from './pages/pages.tsx';
import { SignInPage } from './pages/sign-in-page.tsx';
import { SwitchPage } from './pages/switch-page.tsx';
import { RadioProvider } from './radio/radio-context.ts';
import type { RadioPlayer } from './radio/radio-player.ts';

/** The paths that the router handles. Files, the stream, the API and shares are requested from the server. */
const pagesOnly = /^\/(?!media\/|api\/|play$|video\/|audio\/|hls\/|s\/)/;

interface AppProps {
  readonly stores: Stores;
  readonly radio: RadioPlayer;
  readonly connection: ReadonlySignal<Connection>;
  readonly addressSignIn: AddressSignIn;
}

/** The site. */
export function App({ stores, radio, connection, addressSignIn }: AppProps) {
  return (
    <StoresProvider value={stores}>
      <RadioProvider value={radio}>
        <LocationProvider scope={pagesOnly}>
          <SignInGate connection={connection} addressSignIn={addressSignIn} />
        </LocationProvider>
      </RadioProvider>
    </StoresProvider>
  );
}

/**
 * Shows the pages to callers with the right to watch, and the sign-in page to others. The address stays the same. An
 * invitation is shown to everybody.
 */
function SignInGate({ connection, addressSignIn }: Pick<AppProps, 'connection' | 'addressSignIn'>) {
  const { caller } = useStores();
  const { path } = useLocation();
  if (!caller.caller.value) return <OpeningPage onRetry={() => void addressSignIn.enter()} />;
  if (addressSignIn.unconfirmed.value && caller.isSignedIn.value) return <SwitchPage addressSignIn={addressSignIn} />;
  if (path === paths.join || !caller.can('watch')) {
    return <main id="content">{path === paths.join ? <JoinPage /> : <SignInPage />}</main>;
  }
  return (
    <Shell connection={connection}>
      <Pages />
    </Shell>
  );
}
