import type { SiteTexts } from '../../language/site-texts.ts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { useRadio } from '../../radio/radio-context.ts';
import type { RadioPhase } from '../../radio/radio-player.ts';
import { Icon } from '../ui/icon.tsx';

/** Play or stop, volume, and a skip button for callers who may skip. */
export function RadioControls() {
  const { radio: words } = useTexts().site;
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
        {phaseText(phase, words)}
      </p>
    </>
  );
}

/** Returns the text under the controls; empty while the radio plays or is stopped. */
function phaseText(phase: RadioPhase, words: SiteTexts['site']['radio']): string {
  return phase === 'stopped' || phase === 'playing' ? '' : words[phase];
}

function SkipButton() {
  const { radio: words } = useTexts().site;
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
  const { radio: words } = useTexts().site;
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
