import type { FileHandle } from 'node:fs/promises';
import { readAt } from './media-file.ts';
import { boxesWithin } from './mp4-boxes.ts';
import type { ByteRange } from './segment.ts';

/** The initialisation section of a fragmented MP4 with one track. */
export interface InitSection extends Codec {
  /** Length of `ftyp` and `moov`; the media follows. */
  readonly bytes: number;
  /** Units per second of the time stamps. */
  readonly timescale: number;
}

interface Codec {
  /** RFC 6381 codec string: `avc1.64001f`, `mp4a.40.2`. */
  readonly codecs: string;
  readonly width: number | null;
  readonly height: number | null;
  /** H.264: bytes of the length before each unit of a packet. Null for sound. */
  readonly nalLengthBytes: number | null;
}

/** Offset of the width in a visual sample entry, from the start of its type (ISO/IEC 14496-12, 12.1.3). */
const VISUAL_WIDTH_OFFSET = 28;
const AAC_LC = 2;

/**
 * Reads the initialisation section of a media file.
 *
 * @param map its range according to ffmpeg, which may include media behind it.
 * @returns undefined when the codec is neither H.264 nor AAC.
 */
export async function readInitSection(handle: FileHandle, map: ByteRange): Promise<InitSection | undefined> {
  for await (const box of boxesWithin(handle, map)) {
    if (box.type !== 'moov') continue;
    const moov = await readAt(handle, box);
    const codec = readAvc(moov) ?? readAac(moov);
    const timescale = readTimescale(moov);
    return codec && timescale ? { ...codec, timescale, bytes: box.offset + box.length - map.offset } : undefined;
  }
  return undefined;
}

/** `mdhd`: version, two times of 4 or 8 bytes, time scale (ISO/IEC 14496-12, 8.4.2). */
function readTimescale(init: Buffer): number | undefined {
  const box = init.indexOf('mdhd', 0, 'latin1');
  if (box === -1 || box + 28 > init.length) return undefined;
  return init.readUInt32BE(box + (init[box + 4] === 1 ? 24 : 16));
}

/** `avcC`: version, profile, compatibility, level, length of the length fields less one in two bits (ISO/IEC 14496-15, 5.3.3.1). */
function readAvc(init: Buffer): Codec | undefined {
  const entry = init.indexOf('avc1', 0, 'latin1');
  const config = init.indexOf('avcC', 0, 'latin1');
  if (entry === -1 || config === -1 || config + 9 > init.length) return undefined;
  return {
    codecs: `avc1.${init.toString('hex', config + 5, config + 8)}`,
    width: init.readUInt16BE(entry + VISUAL_WIDTH_OFFSET),
    height: init.readUInt16BE(entry + VISUAL_WIDTH_OFFSET + 2),
    nalLengthBytes: (init.readUInt8(config + 8) & 3) + 1,
  };
}

/** `esds`: the first five bits of the AudioSpecificConfig are the object type (ISO/IEC 14496-3, 1.6.2.1). */
function readAac(init: Buffer): Codec | undefined {
  const box = init.indexOf('esds', 0, 'latin1');
  if (box === -1) return undefined;
  const config = audioSpecificConfig(init.subarray(box + 8));
  const objectType = config === undefined ? AAC_LC : config >> 3;
  return { codecs: `mp4a.40.${objectType || AAC_LC}`, width: null, height: null, nalLengthBytes: null };
}

const DECODER_SPECIFIC_INFO = 0x05;
/** Bytes of the fixed fields before the nested descriptors: ES (tag 3) and DecoderConfig (tag 4). */
const FIXED_FIELDS: Readonly<Record<number, number>> = { 0x03: 3, 0x04: 13 };

/** Returns the first byte of the AudioSpecificConfig, which is inside the nested descriptors. */
function audioSpecificConfig(descriptors: Buffer): number | undefined {
  let at = 0;
  for (let depth = 0; depth < 4 && at < descriptors.length; depth += 1) {
    const tag = descriptors[at];
    at += 1;
    while ((descriptors[at] ?? 0) & 0x80) at += 1; // a size of several bytes
    at += 1;
    if (tag === DECODER_SPECIFIC_INFO) return descriptors[at];
    at += FIXED_FIELDS[tag ?? 0] ?? 0;
  }
  return undefined;
}
