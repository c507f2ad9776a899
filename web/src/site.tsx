import { effect, computed } from '@preact/signals';
import { render } from 'preact';
import { createApiClient } from '@linkcast/contracts';
import { App } from './app.tsx';
import { createAddressSignIn } from './sign-in/address-sign-in.ts';
import { createEventSubscription } from './connection/event-subscription.ts';
import { failureSentence } from './format/failure-sentence.ts';
import type { SiteTexts } from './language/site-texts.ts';
import { TextsProvider } from './language/texts-context.ts';
import { createPolling } from './connection/polling.ts';
import { readAddressCredentials } from './sign-in/address-credentials.ts';
import { isMiniApp, prepareMiniApp } from './sign-in/mini-app.ts';
import { createStores } from './stores/stores.ts';
import { createRadioPlayer } from './radio/radio-player.ts';
import { createResumePositions } from './stores/resume-positions.ts';
import { startRadioSession } from './radio/radio-session.ts';

/** Creates the stores, the connections and the radio of the site, and renders it. */
export function openSite(root: HTMLElement, texts: SiteTexts): void {
  const api = createApiClient({
    language: texts.formats.language,
    onProblem: ({ code }) => {
      if (code === 'unauthorized') void caller.load(); // the session has expired or was ended
    },
  });
  const stores = createStores(
    api,
    createResumePositions(() => localStorage),
    (error) => failureSentence(error, texts),
  );
  const { caller } = stores;
  const radio = createRadioPlayer(new Audio());
  const events = createEventSubscription({
    onEvent: stores.apply,
    onGap: () => void stores.reload(),
    onRefused: () => void caller.load(),
  });
  const addressSignIn = createAddressSignIn({
    caller,
    toasts: stores.toasts,
    site: texts.site,
    isMiniApp: isMiniApp(),
    onSwitched: () => {
      events.close(); // the former session opened it
      if (caller.can('watch')) events.open();
      void stores.reload();
    },
  });

  const polling = createPolling(stores.poll);
  const mayWatch = computed(() => caller.can('watch'));
  /** Jobs and events need the right to add; visitors of a public installation only watch. */
  const mayFollow = computed(() => caller.can('add'));
  effect(() => {
    if (!mayWatch.value) radio.stop();
    if (mayWatch.value && !mayFollow.value) polling.start();
    else polling.stop();
  });
  effect(() => {
    if (!mayFollow.value) {
      events.close();
      stores.jobs.forget();
      return;
    }
    events.open();
    void stores.jobs.load();
  });
  // A hidden tab closes its event stream unless its radio plays: over HTTP/1.1 browsers open six connections per host.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && mayFollow.value) events.open();
    else if (radio.phase.value === 'stopped') events.close();
  });
  window.addEventListener('hashchange', () => {
    if (readAddressCredentials(location)) void addressSignIn.enter();
  });
  startRadioSession(radio, stores.station, texts.site);
  prepareMiniApp();
  void addressSignIn.enter();
  render(
    <TextsProvider value={texts}>
      <App stores={stores} radio={radio} connection={events.connection} addressSignIn={addressSignIn} />
    </TextsProvider>,
    root,
  );
}
