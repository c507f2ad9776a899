import { texts } from '@linkcast/texts';
import { useStores } from '../../stores/stores.ts';
import { useRadio } from '../../radio/radio-context.ts';
import type { RadioPhase } from '../../radio/radio-player.ts';
import { Icon } from '../ui/icon.tsx';

const { radio: words } = texts.site;

const phaseTexts: Record<RadioPhase, string> = {
  stopped: '',
  playing: '',
  connecting: words.connecting,
  reconnecting: words.reconnecting,
  failed: words.failed,
};

/** Play or stop, volume, and a skip button for callers who may skip. */
export function RadioControls() {
  const player = useRadio();
  const { caller } = useStores();
  const phase = player.phase.value;
  const idle = phase === 'stopped' || phase === 'failed';
  return (
    <>
      <div class={caller.can('add') ? 'radio-controls' : 'radio-controls radio-controls-plain'}>
        <VolumeSlider />
        <button
          type="button"
          class={idle ? 'radio-button' : 'radio-button radio-button-on'}
          aria-label={idle ? words.play : words.stop}
          onClick={idle ? player.play : player.stop}
        >
          <Icon name={idle ? 'play' : 'stop'} />
        </button>
        {caller.can('add') && <SkipButton />}
      </div>
      <p class="radio-phase" role="status">
        {phaseTexts[phase]}
      </p>
    </>
  );
}

function SkipButton() {
  const { station, toasts } = useStores();
  return (
    <button
      type="button"
      class="icon-button radio-skip"
      aria-label={words.skip}
      title={words.skip}
      onClick={() => toasts.follow(station.skip(), words.skipped)}
    >
      <Icon name="skip" />
    </button>
  );
}

function VolumeSlider() {
  const player = useRadio();
  return (
    <input
      class="volume"
      type="range"
      min={0}
      max={1}
      step={0.02}
      aria-label={words.volume}
      value={player.volume.value}
      onInput={({ currentTarget }) => player.setVolume(Number(currentTarget.value))}
    />
  );
}
