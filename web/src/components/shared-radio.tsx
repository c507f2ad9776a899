import { texts } from '@linkcast/texts';
import { useStores } from '../data/stores.ts';
import { usePageTitle } from '../pages/page-title.ts';
import { copyLink } from './copy-link.ts';
import { Icon } from './icon.tsx';
import { RadioControls } from './radio-controls.tsx';

const { radio, guest, share } = texts.site;

/** The radio for a guest: to listen to, here or in a player of their own. */
export function SharedRadio({ streamPath }: { readonly streamPath: string }) {
  usePageTitle(radio.heading);
  const { notices } = useStores();
  return (
    <section class="on-air shared-radio">
      <div class="on-air-cover">
        <div class="poster poster-blank tone-0">
          <Icon name="radio" />
        </div>
      </div>
      <h1>{radio.heading}</h1>
      <p class="item-meta">{guest.radioHint}</p>
      <RadioControls />
      <button type="button" class="button" onClick={() => void copyLink(streamPath, share.copiedStream, notices)}>
        <Icon name="copy" />
        {share.copyStream}
      </button>
    </section>
  );
}
