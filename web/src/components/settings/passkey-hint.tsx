import { useTexts } from '../../language/texts-context.ts';
import type { PasskeyObstacle } from '../../passkeys/passkey-obstacle.ts';

interface PasskeyHintProps {
  readonly obstacle: PasskeyObstacle;
  /** The host name at which passkeys work. */
  readonly domain: string;
}

/** Says in one sentence why no passkey can be made on this page. */
export function PasskeyHint({ obstacle, domain }: PasskeyHintProps) {
  const { passkeys: words } = useTexts().site;
  if (obstacle === 'browser') return <p class="note-text">{words.noBrowser}</p>;
  const sentence = domain === 'localhost' ? words.noName(location.host) : words.elsewhere(domain);
  return <p class="note-text">{sentence}</p>;
}
