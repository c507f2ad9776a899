import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ItemFacts, Rendition, SourceFacts } from '@linkcast/contracts';
import type { RenditionPublisher } from '../hls/rendition-publisher.ts';
import { nominalHeight } from '../limits/picture-size.ts';
import type { GrowingItem } from './growing-item.ts';

export interface ItemFiles {
  readonly directory: string;
  /** True when an `audio.mp3` is made, which is always encoded. */
  readonly withMp3: boolean;
  /** True when all files are whole and verified. */
  readonly isWhole: boolean;
}

/** Describes the files of the item. Renditions without a segment are left out. */
export async function describeItem(
  item: GrowingItem,
  facts: SourceFacts,
  { directory, withMp3, isWhole }: ItemFiles,
): Promise<ItemFacts> {
  const sizes = await fileSizes(directory);
  const renditions = item.publishers().flatMap((publisher) => describeRendition(publisher, sizes) ?? []);
  return {
    ...facts,
    renditions,
    handling: !withMp3 && renditions.every(({ handling }) => handling === 'copied') ? 'copied' : 'encoded',
    bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    hasPoster: (sizes.get('poster.jpg') ?? 0) > 0,
    hasFile: withMp3 && isWhole,
    damage: null,
    recording: facts.isLive === true ? 'live' : null,
    marks: [],
    files: [],
  };
}

function describeRendition(publisher: RenditionPublisher, sizes: ReadonlyMap<string, number>): Rendition | undefined {
  const { name, kind, handling } = publisher.rendition;
  const entry = publisher.masterEntry(null);
  if (!entry) return undefined;
  return {
    name,
    kind,
    handling,
    height: nominalHeight(entry),
    codecs: entry.codecs,
    bytes: sizes.get(`${name}.mp4`) ?? 0,
  };
}

async function fileSizes(directory: string): Promise<Map<string, number>> {
  const files = await readdir(directory);
  const found = await Promise.all(files.map((file) => stat(path.join(directory, file)).catch(() => undefined))); // a temporary file may have been renamed
  return new Map(files.map((file, index) => [file, found[index]?.size ?? 0]));
}
