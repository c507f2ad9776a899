import { useState } from 'preact/hooks';
import type { MediaType } from '@linkcast/contracts';
import { Icon } from './icon.tsx';

const TONES = 6;

interface PosterProps {
  /** Path of the picture; null when there is none. */
  readonly src: string | null;
  readonly type: MediaType;
  /** Determines the colour shown without a picture. */
  readonly id: string;
}

/** The picture of an item, or a coloured area without one. It has no alternative text: the title is beside it. */
export function Poster({ src, type, id }: PosterProps) {
  const [failedSrc, setFailedSrc] = useState<string>();
  if (src !== null && src !== failedSrc) {
    return <img class="poster" src={src} alt="" loading="lazy" decoding="async" onError={() => setFailedSrc(src)} />;
  }
  return (
    <div class={`poster poster-blank tone-${toneOf(id)}`}>
      <Icon name={type === 'video' ? 'play' : 'music'} />
    </div>
  );
}

function toneOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % TONES;
}
