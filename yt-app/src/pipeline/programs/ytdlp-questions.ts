import { ImpersonateTarget, Problem } from '@linkcast/contracts';
import { runProgram, type SandboxKind } from '@linkcast/kit';
import { ytDlpArguments, type YtDlpFlags } from './command-line.ts';
import { confineYtDlp, ytDlpCommand, ytDlpEnvironment, type DownloaderFiles } from './ytdlp-confinement.ts';

const LIMIT_SECONDS = 20;

interface QuestionOptions extends DownloaderFiles {
  readonly owner: string;
  readonly sandbox: SandboxKind;
}

/** @throws {Problem} downloader-unavailable. */
export async function readVersion(options: QuestionOptions): Promise<string> {
  return (await ask({ version: true }, options)).trim();
}

/** Reads the browsers as which this yt-dlp can connect: none without curl_cffi. */
export async function readImpersonateTargets(options: QuestionOptions): Promise<readonly ImpersonateTarget[]> {
  return parseImpersonateTargets(await ask({ listImpersonateTargets: true }, options));
}

/** Parses the table that yt-dlp prints: `Chrome-133  Macos-15  curl_cffi`; what is not there ends with `(unavailable)`. */
export function parseImpersonateTargets(table: string): readonly ImpersonateTarget[] {
  const names = table.split('\n').flatMap((line) => /^([a-z]+)\S*\s+\S+\s+curl_cffi\S*\s*$/i.exec(line)?.[1] ?? []);
  const targets = names.map((name) => ImpersonateTarget.safeParse(name.toLowerCase()).data);
  return [...new Set(targets.filter((target) => target !== undefined))];
}

/** Runs yt-dlp for what it says about itself. It reaches nothing. */
async function ask(flags: YtDlpFlags, options: QuestionOptions): Promise<string> {
  const { outcome, stdout } = await runProgram({
    ...ytDlpCommand(options, ytDlpArguments({ ignoreConfig: true, ...flags })),
    env: ytDlpEnvironment('/', options),
    wallSeconds: LIMIT_SECONDS,
    confinement: confineYtDlp(options.sandbox, options, []),
  });
  if (outcome.kind !== 'finished') throw new Problem('downloader-unavailable', {}, { cause: outcome });
  return stdout;
}
