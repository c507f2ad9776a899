import type { ComponentChildren } from 'preact';
import type { Media, Rendition } from '@linkcast/contracts';
import type { SiteTexts } from '../../language/site-texts.ts';
import { useTexts } from '../../language/texts-context.ts';
import { formatClock } from '../../format/duration.ts';
import { hostOf, safeHref } from '../../format/safe-href.ts';

/** The details of an item, in a disclosure that is closed at first. */
export function ItemDetails({ item }: { readonly item: Media }) {
  const texts = useTexts();
  const { site, formats } = texts;
  const source = safeHref(item.sourceUrl);
  const { durationSeconds, handling } = item;
  const mp3 = [site.item.mp3Track, site.handling.encoded.toLowerCase()].join(' · ');
  const tracks = [
    ...item.renditions.map((rendition) => describeRendition(rendition, texts)),
    ...(item.links.file === null ? [] : [mp3]),
  ];
  return (
    <details class="details">
      <summary>{site.item.details}</summary>
      <dl>
        {durationSeconds !== null && <Fact name={site.item.duration}>{formatClock(durationSeconds)}</Fact>}
        <Fact name={site.item.size}>{formats.bytes(item.bytes)}</Fact>
        <Fact name={site.item.handling}>
          {site.handling[handling]} <small>{site.handlingHint[handling]}</small>
        </Fact>
        {tracks.length > 0 && (
          <Fact name={site.item.tracks}>
            <ul>
              {tracks.map((track) => (
                <li key={track}>{track}</li>
              ))}
            </ul>
          </Fact>
        )}
        <Fact name={site.item.added}>{new Date(item.createdAt).toLocaleString(formats.language)}</Fact>
        {item.sourceUrl !== null && (
          <Fact name={site.item.source}>
            {source === undefined ? (
              hostOf(item.sourceUrl)
            ) : (
              <a href={source} target="_blank" rel="noreferrer noopener" title={site.item.openSource}>
                {hostOf(source)}
              </a>
            )}
          </Fact>
        )}
      </dl>
    </details>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function describeRendition(
  { kind, height, codecs, bytes, handling }: Rendition,
  { site, formats }: Pick<SiteTexts, 'site' | 'formats'>,
): string {
  const what = kind === 'video' && height !== null ? site.player.height(height) : site.types[kind];
  return [what, codecs, formats.bytes(bytes), site.handling[handling].toLowerCase()].join(' · ');
}
