import { effect, computed } from '@preact/signals';
import { render } from 'preact';
import { createApiClient } from '@linkcast/contracts';
import { App } from './app.tsx';
import { createEntrance } from './data/entrance.ts';
import { createEventStream } from './data/event-stream.ts';
import { createPolling } from './data/polling.ts';
import { readHandover } from './data/handover.ts';
import { isMiniApp, settleMiniApp } from './data/mini-app.ts';
import { createStores } from './data/stores.ts';
import { createRadioPlayer } from './player/radio-player.ts';
import { createResumePositions } from './player/resume-positions.ts';
import { followStation } from './player/radio-session.ts';

/** Puts the site together, and onto the page. */
export function openSite(root: HTMLElement): void {
  const api = createApiClient({
    onProblem: ({ code }) => {
      if (code === 'unauthorized') void caller.load(); // the session has ended meanwhile
    },
  });
  const stores = createStores(
    api,
    createResumePositions(() => localStorage),
  );
  const { caller } = stores;
  const radio = createRadioPlayer(new Audio());
  const events = createEventStream({
    onEvent: stores.apply,
    onGap: () => void stores.reload(),
    onRefused: () => void caller.load(),
  });
  const entrance = createEntrance({
    caller,
    notices: stores.notices,
    isMiniApp: isMiniApp(),
    onSwitched: () => {
      events.close(); // it was opened by the session that has ended
      if (caller.can('watch')) events.open();
      void stores.reload();
    },
  });

  const polling = createPolling(stores.poll);
  const mayWatch = computed(() => caller.can('watch'));
  /** Jobs and events are for those who add; visitors of a public installation only watch. */
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
  // A hidden tab keeps no connection, unless its radio is playing: browsers open six to a server over plain HTTP.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && mayFollow.value) events.open();
    else if (radio.phase.value === 'stopped') events.close();
  });
  window.addEventListener('hashchange', () => {
    if (readHandover(location)) void entrance.enter();
  });
  followStation(radio, stores.station);
  settleMiniApp();
  void entrance.enter();
  render(<App stores={stores} radio={radio} connection={events.connection} entrance={entrance} />, root);
}
