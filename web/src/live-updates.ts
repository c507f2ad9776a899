import { computed, effect } from '@preact/signals';
import { createEventSubscription } from './connection/event-subscription.ts';
import { createPolling } from './connection/polling.ts';
import type { RadioPlayer } from './radio/radio-player.ts';
import type { Stores } from './stores/stores.ts';

/**
 * Keeps the stores current for as long as the caller has the rights: by events for those who may add, by polling for
 * those who only watch; notices by polling, for owners. The radio stops when the caller may not watch any more.
 */
export function startLiveUpdates(stores: Stores, radio: Pick<RadioPlayer, 'phase' | 'stop'>) {
  const { caller, jobs, notices } = stores;
  const events = createEventSubscription({
    onEvent: stores.apply,
    onGap: () => void stores.reload(),
    onRefused: () => void caller.load(),
  });
  const polling = createPolling(stores.poll);
  const noticePolling = createPolling(() => notices.load());
  const mayWatch = computed(() => caller.can('watch'));
  /** Jobs and events need the right to add; visitors of a public installation only watch. */
  const mayFollow = computed(() => caller.can('add'));
  const mayManage = computed(() => caller.can('manage'));
  effect(() => {
    if (!mayWatch.value) radio.stop();
    if (mayWatch.value && !mayFollow.value) polling.start();
    else polling.stop();
  });
  effect(() => {
    if (!mayFollow.value) {
      events.close();
      jobs.forget();
      return;
    }
    events.open();
    void jobs.load();
  });
  effect(() => {
    if (!mayManage.value) {
      noticePolling.stop();
      notices.forget();
      return;
    }
    noticePolling.start();
    void notices.load();
  });
  // A hidden tab closes its event stream unless its radio plays: over HTTP/1.1 browsers open six connections per host.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && mayFollow.value) events.open();
    else if (radio.phase.value === 'stopped') events.close();
  });

  return {
    connection: events.connection,
    /** Starts anew as another person: the former session opened the event stream. */
    restart: (): void => {
      events.close();
      if (mayWatch.value) events.open();
      void stores.reload();
    },
  };
}
