import { runProgram } from '@linkcast/kit';
import { ytDlpArguments, type YtDlpFlags } from './command-line.ts';
import { withWay } from './way-flags.ts';
import { ytDlpCommand } from './ytdlp-confinement.ts';
import { throwUnlessDownloaded } from './ytdlp-errors.ts';
import { limitedProgram, type RunOptions, type YtDlpOptions } from './ytdlp-run.ts';

const RESOLVE_SECONDS = 90;

/**
 * Runs yt-dlp for what it prints about a link: in a process that waits for it, or in a new one.
 *
 * @throws {Problem} the reason why the source cannot be read; the reason of the signal.
 */
export async function readSource(
  url: string,
  flags: YtDlpFlags,
  options: YtDlpOptions,
  run: RunOptions,
): Promise<string> {
  const args = ytDlpArguments(withWay(flags, run.way), url);
  const spares = run.way?.cookiesFile === undefined ? options.spares : undefined; // a spare process sees no file of this run
  const { proxyUrl, signal } = run;
  const printed =
    spares?.run(options, { args, proxyUrl, signal, wallSeconds: RESOLVE_SECONDS }) ??
    runProgram({ ...ytDlpCommand(options, args), wallSeconds: RESOLVE_SECONDS, ...limitedProgram(options, run) });
  const { outcome, stdout } = await printed;
  throwUnlessDownloaded(outcome, run.signal);
  return stdout;
}
