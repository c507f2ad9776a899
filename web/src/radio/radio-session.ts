import { effect } from '@preact/signals';
import { texts } from '@linkcast/texts';
import type { StationStore } from '../stores/station-store.ts';
import { takeMediaSession } from '../player/media-session.ts';
import type { RadioPlayer } from './radio-player.ts';

/** While the radio plays, the lock screen shows what is on air. What it gives back ends that. */
export function followStation(radio: RadioPlayer, { station }: StationStore): () => void {
  return effect(() => {
    if (radio.phase.value === 'stopped') return;
    const now = station.value?.now;
    return takeMediaSession({
      title: now?.title ?? texts.site.radio.heading,
      artist: now?.uploader ?? texts.site.name,
      artwork: now?.poster ?? null,
      actions: { play: radio.play, pause: radio.stop, stop: radio.stop },
    });
  });
}
