import { useLocation } from 'preact-iso';
import { paths } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';
import { useRadio } from '../../radio/radio-context.ts';
import type { RadioPhase } from '../../radio/radio-player.ts';
import type { SiteTexts } from '../../language/site-texts.ts';
import { Icon } from '../ui/icon.tsx';
import { Poster } from '../ui/poster.tsx';

/** The radio bar, shown on other pages than the radio's while the radio plays. */
export function RadioBar() {
  const { radio } = useTexts().site;
  const { station } = useStores();
  const player = useRadio();
  const { path } = useLocation();
  const phase = player.phase.value;
  if (phase === 'stopped' || path === paths.radio) return null;

  const now = station.station.value?.now;
  return (
    <aside class="radio-bar" aria-label={radio.bar}>
      <a class="radio-bar-link" href={paths.radio} aria-label={radio.open}>
        <span class="radio-bar-picture">
          <Poster src={now?.poster ?? null} type="audio" id={now?.mediaId ?? ''} />
        </span>
        <span class="radio-bar-text">
          <strong>{now?.title ?? radio.heading}</strong>
          <small>{phaseLine(phase, radio)}</small>
        </span>
      </a>
      <button type="button" class="icon-button" aria-label={radio.stop} onClick={player.stop}>
        <Icon name={phase === 'failed' ? 'close' : 'stop'} />
      </button>
    </aside>
  );
}

function phaseLine(phase: RadioPhase, radio: SiteTexts['site']['radio']): string {
  if (phase === 'playing') return radio.onAir;
  return phase === 'failed' ? radio.failed : radio.connecting;
}
