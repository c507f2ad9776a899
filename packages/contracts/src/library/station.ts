import { z } from 'zod';
import { MediaId } from './media.ts';

/** The buffer of a listener of the station: enough for a phone. The listener hears the station that much later. */
export const STATION_BUFFER_SECONDS = 10;

export const StationTrack = z
  .object({
    mediaId: z.string(),
    title: z.string(),
    uploader: z.string().nullable(),
    durationSeconds: z.number().nullable(),
    poster: z.string().nullable(),
    requested: z.boolean().meta({ description: 'Asked for, or new: airs before the loop goes on.' }),
    startedAt: z.iso.datetime().nullable().meta({ description: 'When it went on air; null while it waits.' }),
  })
  .meta({ id: 'StationTrack' });
export type StationTrack = z.infer<typeof StationTrack>;

export const Station = z
  .object({
    online: z.boolean().meta({ description: 'Does Icecast have our stream?' }),
    now: StationTrack.nullable().meta({ description: 'Null: silence, the library has no audio yet.' }),
    next: z.array(StationTrack),
    history: z.array(StationTrack).meta({ description: 'Newest first, at most 20.' }),
    listeners: z.number().int().nonnegative(),
    stream: z.string().meta({ description: 'Path of the MP3 stream.' }),
    bufferSeconds: z.number().nonnegative().meta({ description: 'How much later a listener hears what is on air.' }),
  })
  .meta({ id: 'Station' });
export type Station = z.infer<typeof Station>;

export const StationRequest = z.strictObject({ mediaId: MediaId }).meta({ id: 'StationRequest' });

/** The next track of the station's feeder: a file below MEDIA_DIR, or silence. */
export const NextTrack = z.object({
  mediaId: z.string().nullable(),
  path: z.string().nullable().meta({ description: 'Relative to MEDIA_DIR; null: silence.' }),
});
export type NextTrack = z.infer<typeof NextTrack>;

/** The feeder's status, for yt-app. */
export const FeederStatus = z.object({
  online: z.boolean(),
  listeners: z.number().int().nonnegative(),
});
export type FeederStatus = z.infer<typeof FeederStatus>;
