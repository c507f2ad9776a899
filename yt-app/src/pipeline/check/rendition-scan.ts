import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { readSampleDefaults, readSamples, type Sample, type SampleDefaults } from '../hls/fragment-samples.ts';
import { readInitSection } from '../hls/init-section.ts';
import type { ByteRange } from '../hls/segment.ts';
import { createForwardReader, type ForwardReader } from './forward-reader.ts';
import { aacPacketCheck, avcPacketCheck, type PacketCheck } from './packet-check.ts';

/** A packet whose form is wrong. */
export interface SuspectPacket {
  /** Its place in the file. */
  readonly offset: number;
  /** Seconds. */
  readonly from: number;
  readonly to: number;
}

export interface RenditionScan {
  readonly bytes: number;
  /** SHA-256 of the file, in hexadecimal digits. */
  readonly sha256: string;
  /** True when all of the file consists of whole fragments, as ffmpeg writes them: what is wrong there is not of the source. */
  readonly isContainerWhole: boolean;
  /** Decode time of its first packet, in seconds. */
  readonly beginSeconds: number;
  readonly suspects: readonly SuspectPacket[];
}

/** A longer `moof` is damaged. Ten hours of sound in one fragment take 13 MB. */
const MAX_MOOF_BYTES = 16_000_000;
const PLAIN_BOXES: readonly string[] = ['styp', 'sidx', 'prft', 'emsg', 'free', 'skip', 'mfra', 'uuid'];

/**
 * Reads a media file once: computes its checksum, and checks its fragments and the form of every packet. Decodes nothing.
 *
 * @param init the range of its initialisation section.
 */
export async function scanRendition(file: string, init: ByteRange, signal: AbortSignal): Promise<RenditionScan> {
  const handle = await open(file, 'r');
  try {
    return await scan(handle, init, signal);
  } finally {
    await handle.close();
  }
}

async function scan(handle: FileHandle, init: ByteRange, signal: AbortSignal): Promise<RenditionScan> {
  const { size } = await handle.stat();
  const hash = createHash('sha256');
  const onBytes = (bytes: Buffer): void => {
    signal.throwIfAborted();
    hash.update(bytes);
  };
  const reader = createForwardReader(handle, { size, onBytes });
  const section = await readInitSection(handle, init);
  const packets: Packets = { beginSeconds: Number.NaN, suspects: [] };
  let isContainerWhole = section !== undefined;
  if (section) {
    const { timescale, codecs, nalLengthBytes } = section;
    const defaults = readSampleDefaults(Buffer.from(await reader.at(init.offset, init.length)), timescale);
    const check = nalLengthBytes === null ? soundCheck(codecs) : avcPacketCheck(nalLengthBytes);
    isContainerWhole = await scanFragments(reader, { from: init.offset + init.length, defaults, check, packets });
  }
  await reader.finish();
  return { bytes: size, sha256: hash.digest('hex'), isContainerWhole, ...packets };
}

/** Other kinds of AAC than LC and HE end differently. */
function soundCheck(codecs: string): PacketCheck {
  return /^mp4a\.40\.(2|5|29)$/.test(codecs) ? aacPacketCheck : () => Promise.resolve(true);
}

interface Packets {
  beginSeconds: number;
  readonly suspects: SuspectPacket[];
}

interface FragmentScan {
  /** Place of the first fragment. */
  readonly from: number;
  readonly defaults: SampleDefaults;
  readonly check: PacketCheck;
  readonly packets: Packets;
}

/** @returns false when the boxes are not those of whole fragments. */
async function scanFragments(
  reader: ForwardReader,
  { from, defaults, check, packets }: FragmentScan,
): Promise<boolean> {
  let samples: readonly Sample[] | undefined;
  let offset = from;
  while (offset < reader.size) {
    const box = readHeader(await reader.at(offset, 16), offset);
    if (!box || box.end > reader.size) return false;
    if (box.type === 'moof') {
      const listed = samples === undefined ? await readMoof(reader, box, defaults) : undefined;
      if (!listed) return false;
      samples = listed;
      noteBegin(packets, listed);
    } else if (box.type === 'mdat') {
      if (!samples || !areWithin(samples, box)) return false;
      await scanPackets(samples, { reader, check, packets });
      samples = undefined;
    } else if (!PLAIN_BOXES.includes(box.type)) return false;
    offset = box.end;
  }
  return samples === undefined;
}

async function readMoof(
  reader: ForwardReader,
  { begin, length }: BoxHeader,
  defaults: SampleDefaults,
): Promise<Sample[] | undefined> {
  return length > MAX_MOOF_BYTES ? undefined : readSamples(await reader.at(begin, length), begin, defaults);
}

function noteBegin(packets: Packets, [first]: readonly Sample[]): void {
  if (first && Number.isNaN(packets.beginSeconds)) packets.beginSeconds = first.from;
}

async function scanPackets(
  samples: readonly Sample[],
  { reader, check, packets }: Pick<FragmentScan, 'check' | 'packets'> & { reader: ForwardReader },
): Promise<void> {
  for (const sample of samples) {
    if (await check(sample, reader)) continue;
    const { offset, from, to } = sample;
    packets.suspects.push({ offset, from, to });
  }
}

interface BoxHeader {
  readonly type: string;
  readonly begin: number;
  readonly end: number;
  readonly length: number;
}

function readHeader(bytes: Buffer, offset: number): BoxHeader | undefined {
  if (bytes.length < 8) return undefined;
  const short = bytes.readUInt32BE(0);
  if (short === 1 && bytes.length < 16) return undefined;
  const length = short === 1 ? Number(bytes.readBigUInt64BE(8)) : short;
  if (length < 8) return undefined;
  return { type: bytes.toString('latin1', 4, 8), begin: offset, end: offset + length, length };
}

/** Reports whether the samples follow each other within a box. */
function areWithin(samples: readonly Sample[], { begin, end }: BoxHeader): boolean {
  let at = begin + 8;
  for (const { offset, size } of samples) {
    if (offset < at || offset + size > end) return false;
    at = offset + size;
  }
  return true;
}
