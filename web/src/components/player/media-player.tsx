import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { Poster } from '../ui/poster.tsx';
import { seekActions, startMediaSession } from '../../player/media-session.ts';
import { createPlayback, type Playback } from '../../player/playback.ts';
import { listenToKeys } from '../../player/player-keys.ts';
import { keepPosition } from '../../player/position-keeper.ts';
import { PlayerMarks } from './player-marks.tsx';
import { PlayerSettings } from './player-settings.tsx';
import { PlayerStatus } from './player-status.tsx';
import { useRadio } from '../../radio/radio-context.ts';

/** The player of one item. Its parent gives it the item's id as key: another item mounts another player. */
export function MediaPlayer({ item }: { readonly item: Media }) {
  const { player } = useTexts().site;
  const element = useRef<HTMLMediaElement>(null);
  const playback = usePlayback(element, item);
  return (
    <section class={`player player-${item.type}`}>
      <div class="player-stage">
        {item.type === 'video' ? (
          <video
            ref={element as RefObject<HTMLVideoElement>} // one ref serves both elements, which share HTMLMediaElement
            controls
            playsInline
            preload="auto"
            poster={item.poster ?? undefined}
            aria-label={player.video(item.title)}
          />
        ) : (
          <>
            <div class="player-cover">
              <Poster src={item.poster} type="audio" id={item.id} />
            </div>
            <audio
              ref={element} // as above
              controls
              preload="auto"
              aria-label={player.audio(item.title)}
            />
          </>
        )}
      </div>
      {playback.value && <PlayerStatus item={item} playback={playback.value} />}
      <PlayerMarks element={element} item={item} />
      {playback.value && <PlayerSettings element={element} item={item} playback={playback.value} />}
    </section>
  );
}

/** Plays the item while the component is mounted, and keeps its position. */
function usePlayback(ref: RefObject<HTMLMediaElement | null>, item: Media): ReadonlySignal<Playback | undefined> {
  const { site } = useTexts();
  const { positions } = useStores();
  const radio = useRadio();
  const playback = useSignal<Playback | undefined>(undefined);
  const latest = useRef(item);
  latest.current = item;

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const started = createPlayback({ element, item, startAt: positions.open(item.id) });
    playback.value = started;
    const cleanups = [
      keepPosition({ element, item: () => latest.current, positions }),
      listenToKeys(element),
      startMediaSession({
        title: item.title,
        artist: item.uploader ?? site.name,
        artwork: item.poster,
        actions: seekActions(element),
      }),
    ];
    element.addEventListener('play', radio.stop);
    return () => {
      element.removeEventListener('play', radio.stop);
      for (const clean of cleanups) clean();
      started.stop();
    };
  }, [item.id]);
  useEffect(() => playback.value?.update(item), [item]);
  return playback;
}
