import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Media } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { Icon } from '../ui/icon.tsx';
import { useStores } from '../../stores/stores.ts';
import { formatClock } from '../../format/duration.ts';
import type { Engine } from '../../player/engine.ts';
import type { Playback } from '../../player/playback.ts';

const rates = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;
const AUTO = -1;

interface PlayerSettingsProps {
  readonly element: RefObject<HTMLMediaElement | null>;
  readonly item: Media;
  readonly playback: Playback;
}

/** Speed, quality, picture in picture, and the button to restart a resumed item. */
export function PlayerSettings({ element, item, playback }: PlayerSettingsProps) {
  const engine = playback.engine.value;
  return (
    <div class="player-settings">
      <SpeedChoice element={element} />
      {engine && engine.qualities.value.length > 0 && <QualityChoice engine={engine} />}
      {item.type === 'video' && document.pictureInPictureEnabled && <PictureInPictureButton element={element} />}
      <ResumeNote element={element} resumedAt={playback.resumedAt} />
    </div>
  );
}

function SpeedChoice({ element }: Pick<PlayerSettingsProps, 'element'>) {
  const { player } = useTexts().site;
  const { preferences } = useStores();
  const rate = preferences.current.value.playbackRate ?? 1;
  const offered = rates.some((value) => value === rate) ? rates : [...rates, rate];
  useEffect(() => {
    if (!element.current) return;
    element.current.playbackRate = rate;
    element.current.defaultPlaybackRate = rate; // survives a restart of the engine
  }, [rate]);
  const choose = (playbackRate: number) => preferences.remember({ playbackRate });
  return (
    <label class="choice">
      <span>{player.speed}</span>
      <select value={rate} onChange={({ currentTarget }) => choose(Number(currentTarget.value))}>
        {offered.map((value) => (
          <option key={value} value={value}>
            {player.speedOf(value)}
          </option>
        ))}
      </select>
    </label>
  );
}

function QualityChoice({ engine }: { readonly engine: Engine }) {
  const { player } = useTexts().site;
  const [chosen, setChosen] = useState(AUTO);
  const playing = engine.qualities.value.find(({ index }) => index === engine.playing.value);
  const choose = (index: number) => {
    setChosen(index);
    engine.chooseQuality(index);
  };
  return (
    <label class="choice choice-quality">
      <span>{player.quality}</span>
      <select
        aria-label={player.quality}
        value={chosen}
        onChange={({ currentTarget }) => choose(Number(currentTarget.value))}
      >
        <option value={AUTO}>{playing ? player.autoOf(player.height(playing.height)) : player.auto}</option>
        {engine.qualities.value.map(({ index, height }) => (
          <option key={index} value={index}>
            {player.height(height)}
          </option>
        ))}
      </select>
    </label>
  );
}

function PictureInPictureButton({ element }: Pick<PlayerSettingsProps, 'element'>) {
  const { player } = useTexts().site;
  const { toasts } = useStores();
  const toggle = async () => {
    if (document.pictureInPictureElement) return document.exitPictureInPicture();
    if (element.current instanceof HTMLVideoElement) await element.current.requestPictureInPicture();
  };
  const click = () => {
    toggle().catch(() => toasts.show('trouble', player.pipRefused));
  };
  return (
    <button type="button" class="choice choice-button choice-small" aria-label={player.pip} onClick={click}>
      <Icon name="pip" />
      <span>{player.pip}</span>
    </button>
  );
}

function ResumeNote({ element, resumedAt }: Pick<PlayerSettingsProps, 'element'> & { readonly resumedAt: number }) {
  const { player } = useTexts().site;
  const [shown, setShown] = useState(resumedAt > 0);
  if (!shown) return null;
  const restart = () => {
    if (element.current) element.current.currentTime = 0;
    setShown(false);
  };
  return (
    <button type="button" class="choice choice-button" onClick={restart}>
      <Icon name="retry" />
      <span>
        {player.resumed(formatClock(resumedAt))} · {player.fromStart}
      </span>
    </button>
  );
}
