import { effect } from '@preact/signals';
import type { SiteTexts } from '../language/site-texts.ts';
import type { StationStore } from '../stores/station-store.ts';
import { startMediaSession } from '../player/media-session.ts';
import type { RadioPlayer } from './radio-player.ts';

/** Shows the current track on the lock screen while the radio plays. @returns a function that ends that. */
export function startRadioSession(radio: RadioPlayer, { station }: StationStore, site: SiteTexts['site']): () => void {
  return effect(() => {
    if (radio.phase.value === 'stopped') return;
    const now = station.value?.now;
    return startMediaSession({
      title: now?.title ?? site.radio.heading,
      artist: now?.uploader ?? site.name,
      artwork: now?.poster ?? null,
      actions: { play: radio.play, pause: radio.stop, stop: radio.stop },
    });
  });
}
