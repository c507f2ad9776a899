import { useEffect } from 'preact/hooks';
import { texts, type Station } from '@linkcast/contracts';
import { FailureNote } from '../components/failure-note.tsx';
import { Icon } from '../components/icon.tsx';
import { Poster } from '../components/poster.tsx';
import { RequestPicker } from '../components/request-picker.tsx';
import { TrackList } from '../components/track-list.tsx';
import { useStores } from '../data/stores.ts';
import { useRadio } from '../player/radio-context.ts';
import type { RadioPhase } from '../player/radio-player.ts';
import { usePageTitle } from './page-title.ts';

const { site } = texts;
const words = site.radio;

/** `/radio`: what is on air, what comes, and the way to ask for more. */
export function RadioPage() {
  const { station } = useStores();
  const phase = useRadio().phase.value;
  usePageTitle(site.titles.radio);
  useEffect(() => void station.load(), [phase]); // a listener more or less is no event
  const known = station.station.value;
  if (!known) {
    return station.failure.value === '' ? (
      <div class="radio-page skeleton-item" role="status" aria-label={site.item.loading} />
    ) : (
      <FailureNote sentence={station.failure.value} onRetry={() => void station.load()} />
    );
  }
  return (
    <div class="radio-page">
      <OnAir station={known} />
      <div class="radio-lists">
        <TrackList heading={words.next} tracks={known.next} empty={words.nothingNext} />
        <RequestPicker />
        {known.history.length > 0 && <TrackList heading={words.history} tracks={known.history} empty="" />}
      </div>
    </div>
  );
}

function OnAir({ station }: { readonly station: Station }) {
  const { now, online, listeners, bufferSeconds } = station;
  return (
    <section class="on-air">
      <div class="on-air-cover">
        <Poster src={now?.poster ?? null} type="audio" id={now?.mediaId ?? ''} />
      </div>
      <p class={online ? 'on-air-state on-air-live' : 'on-air-state'}>
        {online ? words.onAir : words.offAir} · {words.listeners(listeners)}
      </p>
      <h1>{now?.title ?? words.silence}</h1>
      <p class="item-meta">{now ? now.uploader : online ? words.silenceHint : words.offHint}</p>
      <RadioControls />
      <p class="on-air-delay">{words.delay(Math.round(bufferSeconds))}</p>
    </section>
  );
}

const phaseTexts: Record<RadioPhase, string> = {
  stopped: '',
  playing: '',
  connecting: words.connecting,
  reconnecting: words.reconnecting,
  failed: words.failed,
};

function RadioControls() {
  const player = useRadio();
  const { station, notices } = useStores();
  const phase = player.phase.value;
  const idle = phase === 'stopped' || phase === 'failed';
  return (
    <>
      <div class="radio-controls">
        <VolumeSlider />
        <button
          type="button"
          class={idle ? 'radio-button' : 'radio-button radio-button-on'}
          aria-label={idle ? words.play : words.stop}
          onClick={idle ? player.play : player.stop}
        >
          <Icon name={idle ? 'play' : 'stop'} />
        </button>
        <button
          type="button"
          class="icon-button radio-skip"
          aria-label={words.skip}
          title={words.skip}
          onClick={() => notices.follow(station.skip(), words.skipped)}
        >
          <Icon name="skip" />
        </button>
      </div>
      <p class="radio-phase" role="status">
        {phaseTexts[phase]}
      </p>
    </>
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
