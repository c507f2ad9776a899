import { useTexts } from '../../language/texts-context.ts';
import { usePageTitle } from '../ui/page-title.ts';
import { useCopyLink } from '../ui/use-copy-link.ts';
import { Icon } from '../ui/icon.tsx';
import { RadioControls } from './radio-controls.tsx';

/** The radio of a guest: plays here, and copies the stream's address for another player. */
export function SharedRadio({ streamPath }: { readonly streamPath: string }) {
  const { radio, guest, share } = useTexts().site;
  usePageTitle(radio.heading);
  const copyLink = useCopyLink();
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
      <button type="button" class="button" onClick={() => void copyLink(streamPath, share.copiedStream)}>
        <Icon name="copy" />
        {share.copyStream}
      </button>
    </section>
  );
}
