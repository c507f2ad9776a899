import { MediaId, type NextTrack } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { streamFormat } from '../conf/stream-format.ts';
import { audioPath, type LibraryRotation } from './library-rotation.ts';
import { readTrackTitle } from './track-title.ts';

/** A track to send. */
export interface SelectedTrack {
  /** Absolute path of the file. */
  readonly file: string;
  /** Undefined: silence. */
  readonly mediaId: string | undefined;
  /** One line for listeners: `uploader - title`, or the station's name. */
  readonly title: string;
}

/** Selects the next track: the one that yt-app names, else the next of the rotation, else silence. */
export interface TrackSelector {
  /** Never rejects. */
  next(): Promise<SelectedTrack>;
}

export interface TrackSelectorOptions {
  readonly mediaDirectory: string;
  readonly silenceFile: string;
  /** Requests the next track from yt-app; rejects when it does not answer in time. */
  readonly requestNext: () => Promise<NextTrack>;
  readonly rotation: LibraryRotation;
  readonly logger: Logger;
}

const AUDIO_FILE = /^[A-Za-z0-9][A-Za-z0-9_-]*\.mp3$/;

export function createTrackSelector(options: TrackSelectorOptions): TrackSelector {
  const { mediaDirectory, silenceFile, requestNext, rotation, logger } = options;
  const silence: SelectedTrack = { file: silenceFile, mediaId: undefined, title: streamFormat.name };
  const reportAnswer = createAnswerReporter(logger);
  let lastId: string | undefined;

  const fromYtApp = async (): Promise<SelectedTrack | undefined> => {
    const { path: relative } = await requestNext();
    if (relative === null) return silence;
    const track = await openTrack(mediaDirectory, relative);
    if (!track) logger.warn({ path: relative }, 'track named by yt-app is missing');
    return track;
  };
  const fromYtAppOrNothing = async (): Promise<SelectedTrack | undefined> => {
    try {
      const track = await fromYtApp();
      reportAnswer();
      return track;
    } catch (error) {
      reportAnswer(error);
      return undefined;
    }
  };
  const fromRotation = async (): Promise<SelectedTrack | undefined> => {
    const mediaId = await rotation.after(lastId);
    return mediaId === undefined ? undefined : openTrack(mediaDirectory, audioPath(mediaId));
  };

  return {
    next: async () => {
      const track = (await fromYtAppOrNothing()) ?? (await fromRotation()) ?? silence;
      lastId = track.mediaId ?? lastId;
      return track;
    },
  };
}

/** Logs when yt-app stops and starts again to name tracks. Called after each request, with the error of a failed one. */
function createAnswerReporter(logger: Logger): (error?: unknown) => void {
  let isAnswering = true;
  return (error) => {
    const wasAnswering = isAnswering;
    isAnswering = error === undefined;
    if (isAnswering && !wasAnswering) logger.info('next track from yt-app again');
    if (!isAnswering && wasAnswering) logger.warn({ err: error }, 'no next track from yt-app, using the rotation');
  };
}

/** The path comes from yt-app: only a regular, not empty file `<media id>/<name>.mp3` becomes a track. */
async function openTrack(mediaDirectory: string, relative: string): Promise<SelectedTrack | undefined> {
  const file = path.join(mediaDirectory, relative);
  if (!isAudioPath(relative) || !(await isAudioFile(file))) return undefined;
  return { file, mediaId: path.dirname(relative), title: await readTrackTitle(path.dirname(file)) };
}

function isAudioPath(relative: string): boolean {
  const [mediaId, name = '', ...rest] = relative.split('/');
  return rest.length === 0 && MediaId.safeParse(mediaId).success && AUDIO_FILE.test(name);
}

async function isAudioFile(file: string): Promise<boolean> {
  const info = await stat(file).catch(() => undefined);
  return info !== undefined && info.isFile() && info.size > 0;
}
