import { render } from 'preact';
import { createApiClient } from '@linkcast/contracts';
import { App } from './app.tsx';
import { createAddressSignIn } from './sign-in/address-sign-in.ts';
import { failureSentence } from './format/failure-sentence.ts';
import type { SiteTexts } from './language/site-texts.ts';
import { TextsProvider } from './language/texts-context.ts';
import { startOwnLanguage } from './own-language.ts';
import { startLiveUpdates } from './live-updates.ts';
import { startPositionMigration } from './position-migration.ts';
import { readAddressCredentials } from './sign-in/address-credentials.ts';
import { isMiniApp, prepareMiniApp } from './sign-in/mini-app.ts';
import { createStores } from './stores/stores.ts';
import { createRadioPlayer } from './radio/radio-player.ts';
import { createResumePositions } from './stores/positions/resume-positions.ts';
import { startRadioSession } from './radio/radio-session.ts';

/** Creates the stores, the connections and the radio of the site, and renders it. */
export function openSite(root: HTMLElement, texts: SiteTexts): void {
  const api = createApiClient({
    language: texts.formats.language,
    onProblem: ({ code }) => {
      if (code === 'unauthorized') void caller.load(); // the session has expired or was ended
    },
  });
  const local = createResumePositions(() => localStorage);
  const stores = createStores(api, local, (error) => failureSentence(error, texts));
  const { caller } = stores;
  const radio = createRadioPlayer(new Audio());
  const live = startLiveUpdates(stores, radio);
  const addressSignIn = createAddressSignIn({
    caller,
    toasts: stores.toasts,
    site: texts.site,
    isMiniApp: isMiniApp(),
    onSwitched: live.restart,
  });

  window.addEventListener('hashchange', () => {
    if (readAddressCredentials(location)) void addressSignIn.enter();
  });
  startOwnLanguage({
    caller,
    account: stores.account,
    shown: texts.formats.language,
    storage: () => localStorage,
  });
  startPositionMigration({ api, positions: stores.positions, local, onMigrated: () => void stores.reload() });
  startRadioSession(radio, stores.station, texts.site);
  prepareMiniApp();
  void addressSignIn.enter();
  render(
    <TextsProvider value={texts}>
      <App stores={stores} radio={radio} connection={live.connection} addressSignIn={addressSignIn} />
    </TextsProvider>,
    root,
  );
}
