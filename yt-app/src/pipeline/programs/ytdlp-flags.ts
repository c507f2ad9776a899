import { DOCUMENT_FORMAT_ID } from '../source/download-document.ts';
import type { YtDlpFlags } from './command-line.ts';
import { PROGRESS_TEMPLATE } from './ytdlp-progress.ts';

export interface FlagOptions {
  readonly denoFile: string;
  /** Seconds without data before a source counts as stalled. */
  readonly stallSeconds: number;
}

/** `yt-dlp -J`: prints the info JSON of a source. */
export function resolveFlags(options: FlagOptions): YtDlpFlags {
  return { ...baseFlags(options), dumpSingleJson: true, noPlaylist: true, playlistItems: '1' };
}

/** The same for a broadcast that has not begun: it has no formats, and its begin is printed. */
export function announcedFlags(options: FlagOptions): YtDlpFlags {
  return { ...resolveFlags(options), ignoreNoFormatsError: true };
}

/** `yt-dlp --flat-playlist -J`: prints the names of the videos in a list, or the info JSON of one video. One more than the limit shows that there are more. */
export function listFlags(options: FlagOptions, most: number): YtDlpFlags {
  const items = `1:${most + 1}`;
  return { ...baseFlags(options), dumpSingleJson: true, yesPlaylist: true, flatPlaylist: true, playlistItems: items };
}

/** The same with the dates that YouTube's lists have: of a video, so many days, months or years ago. */
export function datedListFlags(options: FlagOptions, most: number): YtDlpFlags {
  return { ...listFlags(options, most), extractorArgs: 'youtubetab:approximate_date' };
}

/** Reads a download document from standard input, and writes the bytes of its format to standard output. */
export function downloadFlags(options: FlagOptions): YtDlpFlags {
  return {
    ...baseFlags(options),
    loadInfoJson: '-',
    format: DOCUMENT_FORMAT_ID,
    output: '-',
    noPart: true,
    noContinue: true,
    retries: 5,
    fragmentRetries: 5,
    abortOnUnavailableFragments: true,
    progress: true,
    newline: true,
    progressDelta: 0.5,
    progressTemplate: PROGRESS_TEMPLATE,
  };
}

/** Common to all: no configuration, plugins or cache of the machine. */
function baseFlags({ denoFile, stallSeconds }: FlagOptions): YtDlpFlags {
  return {
    ignoreConfig: true,
    noPluginDirs: true,
    noRemoteComponents: true,
    noCacheDir: true,
    noUpdate: true,
    noColor: true,
    // yt-dlp would pass URLs to ffmpeg, which obeys neither the proxy nor a list of schemes. Downloads need no ffmpeg.
    ffmpegLocation: '/nonexistent',
    downloader: 'native',
    quiet: true,
    noWarnings: true,
    socketTimeout: Math.min(20, stallSeconds),
    noJsRuntimes: true,
    jsRuntimes: `deno:${denoFile}`,
  };
}
