import { useTexts } from '../../language/texts-context.ts';
import { Icon } from './icon.tsx';

interface SendButtonProps {
  readonly title: string;
  readonly url: string;
}

/** Passes a link to the share menu of the system; not rendered in browsers without one. */
export function SendButton({ title, url }: SendButtonProps) {
  const { share: words } = useTexts().site;
  if (!('share' in navigator)) return null;
  return (
    <button type="button" class="button" onClick={() => void send(title, url)}>
      <Icon name="share" />
      {words.send}
    </button>
  );
}

/** Opens the share menu of the system. */
async function send(title: string, url: string): Promise<void> {
  try {
    await navigator.share({ title, url });
  } catch (error) {
    console.debug('share menu closed or refused', error); // the link can still be copied
  }
}
