import type { Sample } from '../hls/fragment-samples.ts';
import type { ForwardReader } from './forward-reader.ts';

/** Reports whether a packet has the form that its codec demands. Reads a few bytes of it, and decodes nothing. */
export type PacketCheck = (sample: Sample, reader: ForwardReader) => Promise<boolean>;

/** A key frame of 8K has some hundred slices. */
const MAX_UNITS = 4096;
const MAX_UNIT_TYPE = 23;

/**
 * H.264: the packet is a chain of units, each with its length before it, that ends where the packet ends (ISO/IEC 14496-15,
 * 5.2.3). Noise has other lengths.
 *
 * @param lengthBytes bytes of each length field, 1 to 4.
 */
export function avcPacketCheck(lengthBytes: number): PacketCheck {
  return async ({ offset, size }, reader) => {
    const end = offset + size;
    let at = offset;
    let hasSlice = false;
    for (let units = 0; at < end && units < MAX_UNITS; units += 1) {
      const bytes = await reader.at(at, lengthBytes + 1);
      if (bytes.length < lengthBytes + 1) return false;
      const length = bytes.readUIntBE(0, lengthBytes);
      const header = bytes[lengthBytes] ?? 0xff;
      const type = header & 0x1f;
      if (length === 0 || header & 0x80 || type === 0 || type > MAX_UNIT_TYPE) return false;
      hasSlice ||= type <= 5;
      at += lengthBytes + length;
    }
    return at === end && hasSlice;
  };
}

const END_ELEMENT = 0b111;

/**
 * AAC: the packet begins with an element other than the end, and ends with the end element and at most seven zero bits
 * (ISO/IEC 14496-3, 4.4.2.1). One packet of noise in five passes; of ten in a row, none does.
 */
export const aacPacketCheck: PacketCheck = async ({ offset, size }, reader) => {
  if (size < 2) return false;
  const first = (await reader.at(offset, 1))[0] ?? 0xff;
  if (first >> 5 === END_ELEMENT) return false;
  const tail = await reader.at(offset + size - 2, 2);
  if (tail.length < 2) return false;
  const bits = tail.readUInt16BE(0);
  const padding = bits === 0 ? 16 : Math.clz32(bits & -bits) ^ 31;
  return padding <= 7 && ((bits >> padding) & END_ELEMENT) === END_ELEMENT;
};
