import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  Problem,
  type DeliveredFile,
  type DeliveryLayout,
  type DeliveryProof,
  type DeliveredItem,
} from '@linkcast/contracts';
import type { ItemFiles } from '../../pipeline/pipeline.ts';
import { itemNames } from './item-names.ts';
import { movieNfo } from './nfo.ts';
import { placeIn, type TargetFolder } from './target-folder.ts';

export interface FileDeliveryOptions {
  readonly item: DeliveredItem;
  readonly layout: DeliveryLayout;
  /** The folder of the target below its root; empty: the root itself. */
  readonly root: string;
  /** Files up to so many bytes are read back and compared as a whole. */
  readonly mostReadBack: number;
  readonly signal: AbortSignal;
}

/**
 * Writes the files of an item into the folder of a target: each under a name with `.part`, which it has until size and checksum agree. The media
 * come last: a media server that sees them finds their description.
 *
 * @throws {Problem} delivery-mismatch, and what the folder throws.
 */
export async function deliverFiles(
  target: TargetFolder,
  files: ItemFiles,
  options: FileDeliveryOptions,
): Promise<DeliveredFile> {
  const { item, layout, root } = options;
  const { folder, stem } = itemNames(item, layout);
  const place = [root, folder].filter((part) => part !== '').join('/');
  await target.makeFolder(place);
  const put = (localFile: string, name: string): Promise<DeliveredFile> =>
    putFile(target, { localFile, place: placeIn(place, name) }, options);
  if (layout === 'media-server') {
    if (files.poster !== undefined) await put(files.poster, `${stem}-poster.jpg`);
    if (item.type === 'video') await put(await writeNfo(item, files), `${stem}.nfo`);
  }
  return put(files.media, `${stem}.${files.extension}`);
}

async function writeNfo(item: DeliveredItem, { directory }: ItemFiles): Promise<string> {
  const file = path.join(directory, 'item.nfo');
  await writeFile(file, movieNfo(item));
  return file;
}

async function putFile(
  target: TargetFolder,
  { localFile, place }: { readonly localFile: string; readonly place: string },
  { mostReadBack, signal }: Pick<FileDeliveryOptions, 'mostReadBack' | 'signal'>,
): Promise<DeliveredFile> {
  const part = `${place}.part`;
  const { size: bytes } = await stat(localFile);
  await target.remove(part); // of an attempt that was cut
  await target.write(part, localFile);
  if ((await target.size(part)) !== bytes) throw new Problem('delivery-mismatch');
  const proof: DeliveryProof = bytes <= mostReadBack ? 'checksum' : 'size';
  if (proof === 'checksum' && (await target.digest(part)) !== (await digestOf(localFile, signal)))
    throw new Problem('delivery-mismatch');
  await target.rename(part, place);
  if ((await target.size(place)) !== bytes) throw new Problem('delivery-mismatch');
  return { path: place, bytes, proof };
}

async function digestOf(localFile: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(localFile), hash, { signal });
  return hash.digest('hex');
}
