import { useState } from 'preact/hooks';
import type { MediaType } from '@linkcast/contracts';
import { Icon } from './icon.tsx';

const TONES = 6;

interface PosterProps {
  /** Path of the picture; null: none yet. */
  readonly src: string | null;
  readonly type: MediaType;
  /** Chooses the colour where there is no picture, the same for the same thing. */
  readonly id: string;
}

/** The picture of an item, or a coloured field while there is none. The title stands beside it, so it has no text. */
export function Poster({ src, type, id }: PosterProps) {
  const [broken, setBroken] = useState<string>();
  if (src !== null && src !== broken) {
    return <img class="poster" src={src} alt="" loading="lazy" decoding="async" onError={() => setBroken(src)} />;
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
