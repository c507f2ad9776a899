import { streamFormat } from '../conf/stream-format.ts';

const SAMPLES_PER_FRAME = 1152;
const FRAME_BYTES = Math.floor((144 * streamFormat.kilobitsPerSecond * 1000) / streamFormat.sampleRate);
/** ISO 11172-3, 2.4.1.3: sync, MPEG-1 layer III without CRC; 192 kbit/s, 44.1 kHz, no padding; stereo. */
const FRAME_HEADER = [0xff, 0xfb, 0xb0, 0x00];

/**
 * Creates a silent MP3 in the stream's format without an encoder: a frame whose side information is all zero has no coded
 * samples, and decodes to silence.
 */
export function createSilence(seconds: number): Buffer {
  const frame = Buffer.alloc(FRAME_BYTES);
  frame.set(FRAME_HEADER);
  const frames = Math.ceil((seconds * streamFormat.sampleRate) / SAMPLES_PER_FRAME);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}
