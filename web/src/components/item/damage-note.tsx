import { sourceDamageOf, type MediaDamage } from '@linkcast/contracts';
import { useTexts } from '../../language/texts-context.ts';
import type { SiteTexts } from '../../language/site-texts.ts';
import { formatClock } from '../../format/duration.ts';

/** So many places are named. */
const MAX_PLACES = 5;

/** Says that a part of an item cannot be played, and where. */
export function DamageNote({ damage }: { readonly damage: MediaDamage }) {
  const { site, formats } = useTexts();
  const arrived = sourceDamageOf(damage);
  const places = (arrived?.ranges ?? []).slice(0, MAX_PLACES).map(({ from }) => formatClock(from));
  if ((arrived?.ranges.length ?? 0) > MAX_PLACES) places.push('…');
  return (
    <>
      {damage.cause === 'storage' && <p role="note">{filesSentence(damage, site.item)}</p>}
      {arrived && (
        <p role="note">{site.item.damagedSource(formats.duration(Math.ceil(arrived.seconds)), places.join(', '))}</p>
      )}
    </>
  );
}

function filesSentence({ repair }: MediaDamage, words: SiteTexts['site']['item']): string {
  if (repair === null) return words.damagedFiles;
  return repair === 'running' ? words.damagedFilesRepairing : words.damagedFilesLost;
}
