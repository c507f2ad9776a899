import { Media, type NextTrack } from '@linkcast/contracts';
import { parseJson, type Logger } from '@linkcast/kit';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { audioPath, type LibraryLoop } from './library-rotation.ts';
import { streamFormat } from '../conf/stream-format.ts';

/** What goes on air now. */
export interface Airing {
  /** Absolute path of the file. */
  readonly file: string;
  /** Undefined: silence. */
  readonly mediaId: string | undefined;
  /** One line for listeners: `uploader - title`, or the station's name. */
  readonly title: string;
}

/** Decides what airs next. Never fails: there is always silence. */
export interface Programme {
  next(): Promise<Airing>;
}

export interface ProgrammeOptions {
  readonly mediaDirectory: string;
  readonly silenceFile: string;
  /** Asks yt-app; rejects when it does not answer in time. */
  readonly askNext: () => Promise<NextTrack>;
  readonly loop: LibraryLoop;
  readonly logger: Logger;
}

const AUDIO_PATH = /^[a-z2-7]{20}\/[A-Za-z0-9][A-Za-z0-9_-]*\.mp3$/;
const AiredMedia = Media.pick({ title: true, uploader: true });

export function createProgramme({ mediaDirectory, silenceFile, askNext, loop, logger }: ProgrammeOptions): Programme {
  const silence: Airing = { file: silenceFile, mediaId: undefined, title: streamFormat.name };
  let lastId: string | undefined;
  let isAnswering = true;

  const airingOf = async (relative: string): Promise<Airing | undefined> => {
    const file = path.join(mediaDirectory, relative);
    if (!AUDIO_PATH.test(relative) || !(await isAudioFile(file))) return undefined;
    return { file, mediaId: path.dirname(relative), title: await readTitle(path.dirname(file)) };
  };
  const fromYtApp = async (): Promise<Airing | undefined> => {
    const { path: relative } = await askNext();
    if (relative === null) return silence;
    const airing = await airingOf(relative);
    if (!airing) logger.warn({ path: relative }, 'yt-app named a track that is not there');
    return airing;
  };
  const fromLoop = async (): Promise<Airing | undefined> => {
    const mediaId = await loop.after(lastId);
    return mediaId === undefined ? undefined : airingOf(audioPath(mediaId));
  };

  const noteAnswer = (error?: unknown): void => {
    const wasAnswering = isAnswering;
    isAnswering = error === undefined;
    if (isAnswering && !wasAnswering) logger.info('yt-app says again what airs next');
    if (!isAnswering && wasAnswering)
      logger.warn({ err: error }, 'yt-app does not say what airs next, looping meanwhile');
  };
  const ask = async (): Promise<Airing | undefined> => {
    try {
      const airing = await fromYtApp();
      noteAnswer();
      return airing;
    } catch (error) {
      noteAnswer(error);
      return undefined;
    }
  };

  return {
    next: async () => {
      const airing = (await ask()) ?? (await fromLoop()) ?? silence;
      lastId = airing.mediaId ?? lastId;
      return airing;
    },
  };
}

async function isAudioFile(file: string): Promise<boolean> {
  const info = await stat(file).catch(() => undefined);
  return info !== undefined && info.isFile() && info.size > 0;
}

/** From media.json, not from the file's tags: those may lack an artist. */
async function readTitle(directory: string): Promise<string> {
  const text = await readFile(path.join(directory, 'media.json'), 'utf8').catch(() => '{}'); // not written yet
  const media = AiredMedia.safeParse(parseJson(text));
  if (!media.success) return streamFormat.name;
  const { title, uploader } = media.data;
  return (uploader === null ? title : `${uploader} - ${title}`).replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
}
