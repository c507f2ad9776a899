import { setTimeout as delay } from 'node:timers/promises';
import type { Media } from '@linkcast/contracts';
import type { Ledger } from '../ledger.ts';
import { mediaFaults } from '../nemesis/media-faults.ts';
import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';
import { untilAnswered } from './until-answered.ts';
import { createBrowser, type Browser } from './browser.ts';
import { isContinued, parseSegments, type Segment } from './watched-playlist.ts';

const GAP_MS = 400;

/** The parts of the world that a viewer knows. */
export type ViewersWorld = Pick<World, 'siteUrl' | 'signIn'> & { readonly api: Pick<World['api'], 'listMedia'> };

/**
 * Watches what is there until the signal, as players do: reads playlists again and again, and some of their segments. Notes a listed
 * segment that is missing, and a playlist that shrinks or changes. An edge that does not answer is no broken promise.
 */
export async function watch(world: ViewersWorld, ledger: Ledger, random: Random, signal: AbortSignal): Promise<void> {
  const browser = createBrowser(world, signal);
  const seen = new Map<string, readonly Segment[]>();
  while (!signal.aborted) {
    await delay(GAP_MS, undefined, { signal }).catch(() => undefined);
    const { media } = (await untilAnswered(() => world.api.listMedia({ limit: 20 }), signal)) ?? { media: [] };
    const item = media.length > 0 ? random.pick(media) : undefined;
    if (item) await readItem(item, { world, ledger, random, signal, browser, seen });
  }
}

interface Viewing {
  readonly world: ViewersWorld;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly browser: Browser;
  /** The last version of each playlist, by URL. */
  readonly seen: Map<string, readonly Segment[]>;
}

async function readItem(item: Media, viewing: Viewing): Promise<void> {
  const { world, ledger, random, browser, seen } = viewing;
  if (item.links.hls === null) return;
  for (const { name } of item.renditions) {
    const url = new URL(`${name}.m3u8`, `${world.siteUrl}${item.links.hls}`).href;
    const playlist = await browser.get(url);
    if (playlist?.status !== 200) continue;
    const segments = parseSegments(playlist.body.toString(), url);
    const before = seen.get(url) ?? [];
    seen.set(url, segments);
    ledger.count('viewer: playlists');
    if (!isContinued(before, segments) && (await isListed(item, viewing)))
      ledger.violate(
        'a playlist never shrinks or changes',
        `${url}: ${before.length} segments, then ${segments.length}`,
      );
    if (segments.length > 0) await readSegment(item, random.pick(segments), viewing);
  }
}

async function readSegment(item: Media, { file, start, length }: Segment, viewing: Viewing): Promise<void> {
  const range = `bytes=${start}-${start + length - 1}`;
  const wereAbout = new Set(viewing.ledger.faults);
  const answer = await viewing.browser.get(file, range);
  if (!answer || answer.status >= 500 || answer.status === 429) return;
  viewing.ledger.count('viewer: segments');
  if (answer.status === 206 && answer.body.length === length) return;
  if (mediaFaults.some(({ name }) => wereAbout.has(name) || viewing.ledger.faults.has(name))) return; // no files at all
  if (await isListed(item, viewing))
    viewing.ledger.violate(
      'a listed segment is there',
      `${file} ${range}: ${answer.status}, ${answer.body.length} bytes`,
    );
}

/** An item that somebody has deleted meanwhile need not be whole. */
async function isListed({ id }: Media, { world, signal }: Viewing): Promise<boolean> {
  const list = await untilAnswered(() => world.api.listMedia({ limit: 100 }), signal);
  return list?.media.some((other) => other.id === id) ?? false;
}
