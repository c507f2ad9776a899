import { useEffect } from 'preact/hooks';
import type { Station } from '@linkcast/contracts';
import { useTexts } from '../language/texts-context.ts';
import { FailureNote } from '../components/ui/failure-note.tsx';
import { Poster } from '../components/ui/poster.tsx';
import { RadioControls } from '../components/radio/radio-controls.tsx';
import { ShareButton } from '../components/sharing/share-button.tsx';
import { RequestPicker } from '../components/radio/request-picker.tsx';
import { TrackList } from '../components/radio/track-list.tsx';
import { useStores } from '../stores/stores.ts';
import { useRadio } from '../radio/radio-context.ts';
import { usePageTitle } from '../components/ui/page-title.ts';

/** `/radio`: the current track, the next ones, the history, and track requests. */
export function RadioPage() {
  const { site } = useTexts();
  const { radio: words } = site;
  const { station, caller } = useStores();
  const phase = useRadio().phase.value;
  usePageTitle(site.titles.radio);
  useEffect(() => void station.load(), [phase]); // starting or stopping changes the listener count, which no event reports
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
        {caller.can('add') && <RequestPicker />}
        {known.history.length > 0 && <TrackList heading={words.history} tracks={known.history} empty="" />}
      </div>
    </div>
  );
}

function OnAir({ station }: { readonly station: Station }) {
  const { radio: words, share } = useTexts().site;
  const { caller } = useStores();
  const silence = caller.can('add') ? words.silenceHint : words.silenceForVisitors;
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
      <p class="item-meta">{now ? now.uploader : online ? silence : words.offHint}</p>
      <RadioControls />
      <p class="on-air-delay">{words.delay(Math.round(bufferSeconds))}</p>
      <ShareButton subject={{ mediaId: null, title: words.heading }} text={share.radioHeading} />
    </section>
  );
}
