import { isProblem, type ImpersonateTarget, type Playlist, type SourceListing } from '@linkcast/contracts';
import { startProgram, type Program } from '@linkcast/kit';
import type { Readable } from 'node:stream';
import { parseSourceInfo, type ResolvedSource } from '../source/source-info.ts';
import { parseSourceListing } from '../source/source-listing.ts';
import { parseListing } from '../source/source-playlist.ts';
import { ytDlpArguments } from './command-line.ts';
import { startCopy, type CopiedOutput } from './copied-output.ts';
import { genericFirst } from './generic-first.ts';
import { readSource } from './source-reading.ts';
import { withWay } from './way-flags.ts';
import { ytDlpCommand } from './ytdlp-confinement.ts';
import { announcedFlags, datedListFlags, downloadFlags, listFlags, resolveFlags } from './ytdlp-flags.ts';
import { createDownloadProgressReader, type DownloadProgress } from './ytdlp-progress.ts';
import { readImpersonateTargets, readVersion } from './ytdlp-questions.ts';
import { limitedProgram, type RunOptions, type YtDlpOptions } from './ytdlp-run.ts';

/** A day: stops downloads that never end although data arrives. */
const DOWNLOAD_SECONDS = 24 * 3600;

export interface ListOptions extends RunOptions {
  /** The most entries of a list that are read. */
  readonly most: number;
}

/** A link: a list of videos, or one. */
export type ListedSource = { readonly playlist: Playlist } | { readonly source: ResolvedSource };

/**
 * A download that waits for its document. yt-dlp loads its modules meanwhile, which takes 0.3 to 0.5 s of its processor time.
 */
export interface PreparedDownload {
  /** Its working directory. */
  readonly directory: string;
  readonly program: Program;
  /** The bytes of the format. The stream may be given to another program, before {@link begin}. */
  readonly output: Readable;
  /** Gives {@link output} to a program that copies it into a file, before {@link begin}. */
  copyOutput(file: string): CopiedOutput;
  /** Starts the download; once. Without it the program waits until it is stopped. */
  begin(document: string, onProgress: (progress: DownloadProgress) => void): void;
}

export interface YtDlp {
  /** @throws {Problem} downloader-unavailable. */
  version(): Promise<string>;
  /** The browsers as which it can connect. @throws {Problem} downloader-unavailable. */
  impersonateTargets(): Promise<readonly ImpersonateTarget[]>;
  /** Reads what a source offers (`yt-dlp -J`). @throws {Problem} `source-upcoming`, with its begin where the site announces one. */
  resolve(url: string, options: RunOptions): Promise<ResolvedSource>;
  /** Reads whether a link is a list of videos, without asking for each of them; what one video offers comes along. */
  list(url: string, options: ListOptions): Promise<ListedSource>;
  /** Reads a list with the dates of its videos, where the list has them. @throws {Problem} not-a-list */
  readListing(url: string, options: ListOptions): Promise<SourceListing>;
  /** Keeps processes of this yt-dlp that wait for a link. */
  keepSpares(): void;
  /** Starts a download that waits for its document. */
  prepareDownload(options: RunOptions): PreparedDownload;
}

export function createYtDlp(options: YtDlpOptions): YtDlp {
  return {
    version: () => readVersion(options),
    impersonateTargets: () => readImpersonateTargets(options),
    resolve: async (url, run) => parseSourceInfo(await readAnnounced(url, options, run)),
    list: async (url, run) => {
      const flags = listFlags(options, run.most);
      return readListed(await genericFirst(url, flags, (each) => readSource(url, each, options, run)), run.most);
    },
    readListing: async (url, run) =>
      parseSourceListing(await readSource(url, datedListFlags(options, run.most), options, run), run.most),
    keepSpares: () => options.spares?.keep(options),
    prepareDownload: (run) => prepareDownload(options, run),
  };
}

/** Asks for the begin of a broadcast that has not begun: yt-dlp fails otherwise. */
async function readAnnounced(url: string, options: YtDlpOptions, run: RunOptions): Promise<string> {
  try {
    return await genericFirst(url, resolveFlags(options), (flags) => readSource(url, flags, options, run));
  } catch (error) {
    if (!isProblem(error) || error.code !== 'source-upcoming') throw error;
    return await readSource(url, announcedFlags(options), options, run);
  }
}

function readListed(output: string, most: number): ListedSource {
  const playlist = parseListing(output, most);
  return playlist ? { playlist } : { source: parseSourceInfo(output) };
}

function prepareDownload(options: YtDlpOptions, run: RunOptions): PreparedDownload {
  let readProgress: (line: string) => boolean = () => false;
  const program = startProgram({
    ...ytDlpCommand(options, ytDlpArguments(withWay(downloadFlags(options), run.way))),
    stdin: 'pipe',
    stdout: 'pipe',
    idleSeconds: options.stallSeconds,
    watchFrom: 'first-touch',
    wallSeconds: DOWNLOAD_SECONDS,
    ...limitedProgram(options, run),
    onStderrLine: (line) => readProgress(line),
  });
  const { stdin, stdout } = program;
  if (!stdin || !stdout) throw new Error('yt-dlp was started without pipes');
  stdin.on('error', () => undefined); // it ended before it had read all: its outcome gives the reason
  return {
    directory: run.directory,
    program,
    output: stdout,
    copyOutput: (file) => startCopy(stdout, { file, owner: options.owner, signal: run.signal }),
    begin(document, onProgress) {
      readProgress = createDownloadProgressReader(onProgress, () => program.touch());
      program.touch();
      stdin.end(document);
    },
  };
}
