/** A sample of a fragment: a frame, or a packet of sound. Times are seconds, offsets are those of the file. */
export interface Sample {
  readonly offset: number;
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** The values for what a fragment does not state itself (`trex`, ISO/IEC 14496-12, 8.8.3). */
export interface SampleDefaults {
  readonly timescale: number;
  readonly duration: number;
  readonly size: number;
}

/** The optional fields of `tfhd` (8.8.7) and `trun` (8.8.8), as flags in the order in which they come. */
const TFHD = { baseDataOffset: 0x1, descriptionIndex: 0x2, duration: 0x8, size: 0x10 } as const;
const TRUN = {
  dataOffset: 0x1,
  firstFlags: 0x4,
  duration: 0x100,
  size: 0x200,
  flags: 0x400,
  timeOffset: 0x800,
} as const;

/** The fields that `trex` has, after version and flags: track, description index, duration, size. */
export function readSampleDefaults(moov: Buffer, timescale: number): SampleDefaults {
  const box = moov.indexOf('trex', 0, 'latin1');
  if (box === -1 || box + 24 > moov.length) return { timescale, duration: 0, size: 0 };
  return { timescale, duration: moov.readUInt32BE(box + 16), size: moov.readUInt32BE(box + 20) };
}

/**
 * Lists the samples of a `moof` with one track.
 *
 * @param moofOffset its place in the file, from which its data offsets count.
 * @returns undefined when a box is missing, damaged, or ends behind the end of the `moof`.
 */
export function readSamples(moof: Buffer, moofOffset: number, defaults: SampleDefaults): Sample[] | undefined {
  try {
    const traf = child(moof, 8, 'traf');
    const head = traf && child(traf, 8, 'tfhd');
    const time = traf && child(traf, 8, 'tfdt');
    if (!head || !time) return undefined;
    const begin = time[8] === 1 ? Number(time.readBigUInt64BE(12)) : time.readUInt32BE(12);
    return readRuns(traf, { ...readHead(head, defaults), begin, moofOffset });
  } catch (error) {
    if (error instanceof RangeError) return undefined; // a read behind the end
    throw error;
  }
}

function readHead(tfhd: Buffer, defaults: SampleDefaults): SampleDefaults {
  const flags = tfhd.readUIntBE(9, 3);
  let at = 16 + (flags & TFHD.baseDataOffset ? 8 : 0) + (flags & TFHD.descriptionIndex ? 4 : 0);
  const take = (flag: number, otherwise: number): number => {
    if (!(flags & flag)) return otherwise;
    at += 4;
    return tfhd.readUInt32BE(at - 4);
  };
  const duration = take(TFHD.duration, defaults.duration);
  return { timescale: defaults.timescale, duration, size: take(TFHD.size, defaults.size) };
}

interface Runs extends SampleDefaults {
  readonly begin: number;
  readonly moofOffset: number;
}

function readRuns(traf: Buffer, { begin, moofOffset, timescale, duration, size }: Runs): Sample[] {
  const samples: Sample[] = [];
  let time = begin;
  let offset = moofOffset;
  for (const trun of children(traf, 8, 'trun')) {
    const flags = trun.readUIntBE(9, 3);
    const count = trun.readUInt32BE(12);
    let at = 16;
    const take = (flag: number, otherwise: number): number => {
      if (!(flags & flag)) return otherwise;
      at += 4;
      return trun.readUInt32BE(at - 4);
    };
    if (flags & TRUN.dataOffset) offset = moofOffset + (take(TRUN.dataOffset, 0) | 0);
    take(TRUN.firstFlags, 0);
    for (let index = 0; index < count; index += 1) {
      const sampleDuration = take(TRUN.duration, duration);
      const sampleSize = take(TRUN.size, size);
      take(TRUN.flags, 0);
      take(TRUN.timeOffset, 0);
      if (at > trun.length) throw new RangeError('the list of samples ends early');
      samples.push({ offset, size: sampleSize, from: time / timescale, to: (time + sampleDuration) / timescale });
      offset += sampleSize;
      time += sampleDuration;
      if (samples.length > MAX_SAMPLES) throw new RangeError('more samples than a fragment has');
    }
  }
  return samples;
}

/** A run without fields of its own can claim any number of samples. Ten minutes of sound in one fragment are 30,000. */
const MAX_SAMPLES = 500_000;

function child(box: Buffer, headerBytes: number, type: string): Buffer | undefined {
  return children(box, headerBytes, type).next().value ?? undefined;
}

function* children(box: Buffer, headerBytes: number, type: string): Generator<Buffer, undefined> {
  for (let at = headerBytes; at + 8 <= box.length;) {
    const length = box.readUInt32BE(at);
    if (length < 8 || at + length > box.length) throw new RangeError('a box ends behind its parent');
    if (box.toString('latin1', at + 4, at + 8) === type) yield box.subarray(at, at + length);
    at += length;
  }
  return undefined;
}
