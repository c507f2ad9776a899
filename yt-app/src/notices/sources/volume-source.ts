import { volumeMessage } from '../../library/library-health.ts';
import type { LibraryVolume } from '../../library/volume/library-volume.ts';
import type { NoticeSource } from '../notice-source.ts';

/** Observes a media volume that is missing, or is that of another installation. */
export function createVolumeSource(volume: Pick<LibraryVolume, 'check'>): NoticeSource {
  return {
    name: 'media volume',
    async observe() {
      const state = await volume.check();
      if (state === 'present') return [];
      return [{ code: `media-${state}`, severity: 'critical', message: volumeMessage(state), action: null }]; // the message says what to do
    },
  };
}
