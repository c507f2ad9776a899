import type { ComponentChildren } from 'preact';
import type { Media, Rendition } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import { formatClock } from '../../format/duration.ts';
import { hostOf, safeHref } from '../../format/safe-href.ts';
import { formatBytes } from '../../format/size.ts';

const site = texts.site;

/** The details of an item, in a disclosure that is closed at first. */
export function ItemDetails({ item }: { readonly item: Media }) {
  const source = safeHref(item.sourceUrl);
  const { durationSeconds, handling } = item;
  const mp3 = [site.item.mp3Track, site.handling.encoded.toLowerCase()].join(' · ');
  const tracks = [...item.renditions.map(describeRendition), ...(item.links.file === null ? [] : [mp3])];
  return (
    <details class="details">
      <summary>{site.item.details}</summary>
      <dl>
        {durationSeconds !== null && <Fact name={site.item.duration}>{formatClock(durationSeconds)}</Fact>}
        <Fact name={site.item.size}>{formatBytes(item.bytes)}</Fact>
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
        <Fact name={site.item.added}>{new Date(item.createdAt).toLocaleString(site.locale)}</Fact>
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

function describeRendition({ kind, height, codecs, bytes, handling }: Rendition): string {
  const what = kind === 'video' && height !== null ? site.player.height(height) : site.types[kind];
  return [what, codecs, formatBytes(bytes), site.handling[handling].toLowerCase()].join(' · ');
}
