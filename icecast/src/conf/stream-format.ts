import { paths, STATION_BUFFER_SECONDS } from '@linkcast/contracts';

/** What is on air is what yt-app makes of every audio: MP3, 44.1 kHz, stereo, one bit rate. Nothing is encoded here. */
export const streamFormat = {
  mount: paths.stream,
  name: 'Linkcast',
  kilobitsPerSecond: 192,
  sampleRate: 44_100,
  channels: 2,
} as const;

const BYTES_PER_SECOND = (streamFormat.kilobitsPerSecond * 1000) / 8;

/** What a new listener gets at once: fewer seconds than this gave drop-outs on phones. */
export const BURST_BYTES = STATION_BUFFER_SECONDS * BYTES_PER_SECOND;

/** How far a slow listener may fall behind before it is dropped: four bursts. */
export const QUEUE_BYTES = 4 * BURST_BYTES;
