import { paths, STATION_BUFFER_SECONDS } from '@linkcast/contracts';

/** The format in which yt-app stores all audio: MP3, 44.1 kHz, stereo, one bit rate. Nothing is encoded here. */
export const streamFormat = {
  mount: paths.stream,
  name: 'Linkcast',
  kilobitsPerSecond: 192,
  sampleRate: 44_100,
  channels: 2,
} as const;

const BYTES_PER_SECOND = (streamFormat.kilobitsPerSecond * 1000) / 8;

/** Bytes that a new listener gets at once. Fewer caused drop-outs on phones. */
export const BURST_BYTES = STATION_BUFFER_SECONDS * BYTES_PER_SECOND;

/** Bytes that a slow listener may be behind before it is disconnected: four bursts. */
export const QUEUE_BYTES = 4 * BURST_BYTES;
