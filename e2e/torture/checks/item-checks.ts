import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { minimalEnvironment, runProgram } from '@linkcast/kit';
import { MEDIA_ID, type Media } from '@linkcast/contracts';
import { probeUrl } from '../../support/media-probe.ts';
import type { Ledger } from '../ledger.ts';
import { SOURCE_SECONDS } from '../world/outside.ts';
import type { World } from '../world/world.ts';
import type { Evidence } from './evidence.ts';

const DECODE_SECONDS = 60;
/** Encoders add silence before and after a sound. */
const ROUNDING_SECONDS = 0.5;
/** ffmpeg refuses the segments of a local playlist otherwise. */
const PLAYLIST_OPTIONS = ['-allowed_extensions', 'ALL'];

/** Every listed item is whole, by full decoding; rows and folders are the same. */
export async function checkItems(
  { mediaDirectory }: Pick<World, 'mediaDirectory'>,
  ledger: Ledger,
  { media, trash }: Pick<Evidence, 'media' | 'trash'>,
): Promise<void> {
  const folders = (await readdir(mediaDirectory)).filter((name) => MEDIA_ID.test(name));
  const rows = new Set([...media, ...trash].map(({ id }) => id));
  for (const id of folders) if (!rows.has(id)) ledger.violate('no files without a row', id);
  for (const id of rows) if (!folders.includes(id)) ledger.violate('no row without files', id);
  for (const item of media) await checkItem(path.join(mediaDirectory, item.id), ledger, item);
}

async function checkItem(folder: string, ledger: Ledger, item: Media): Promise<void> {
  const { id, state, links, durationSeconds } = item;
  if (state !== 'ready') ledger.violate('nothing stays unfinished', `${id} is ${state}`);
  if (ledger.entries.find(({ url }) => url === item.sourceUrl)?.source === 'damaged') {
    ledger.count('items: of damaged sources');
    return;
  }
  const names = [...(links.hls === null ? [] : ['index.m3u8']), ...(links.file === null ? [] : ['audio.mp3'])];
  if (names.length === 0) ledger.violate('every listed item is whole', `${id} has nothing to play`);
  for (const name of names) {
    const file = path.join(folder, name);
    const fault = (await decodingFault(file)) ?? (await lengthFault(file, durationSeconds));
    ledger.count('items: decoded');
    if (fault === undefined) continue;
    ledger.count('items: partial');
    ledger.violate('every listed item is whole', `${id}/${name}: ${fault}`);
  }
}

/** Decodes all of a file. @returns the first errors; undefined: none. */
async function decodingFault(file: string): Promise<string | undefined> {
  const errors: string[] = [];
  const options = file.endsWith('.m3u8') ? PLAYLIST_OPTIONS : [];
  const { outcome } = await runProgram({
    file: 'ffmpeg',
    args: ['-v', 'error', '-xerror', ...options, '-i', file, '-map', '0', '-f', 'null', '-'],
    env: minimalEnvironment('/tmp'),
    wallSeconds: DECODE_SECONDS,
    onStderrLine: (line) => {
      if (errors.length < 3) errors.push(line);
      return false;
    },
  });
  if (outcome.kind === 'finished' && errors.length === 0) return undefined;
  return errors.join('; ') || outcome.kind;
}

async function lengthFault(file: string, said: number | null): Promise<string | undefined> {
  const { seconds } = await probeUrl(file).catch(() => ({ seconds: undefined }));
  if (isSourceLength(seconds) && isSourceLength(said ?? undefined)) return undefined;
  return `${String(seconds)} s, said to be ${said} s`;
}

const isSourceLength = (seconds: number | undefined): boolean =>
  Math.abs((seconds ?? 0) - SOURCE_SECONDS) < ROUNDING_SECONDS;
