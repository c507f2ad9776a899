import { hostname } from 'node:os';
import path from 'node:path';
import { YtDlpChannel } from '@linkcast/contracts';
import { bearerKey, durationSeconds, logLevel, percentage, port } from '@linkcast/kit';
import { z } from 'zod';

/** The settings of the worker; every key is an environment variable, each also as `NAME_FILE`. */
export const WorkerConfig = z.object({
  YT_APP_URL: z.url().default('http://127.0.0.1:5000').describe('Root of yt-app’s API.'),
  SERVICE_KEY: bearerKey().describe(
    'The key by which the part calls the others. Each part has its own, made by `make up` and `make local`.',
  ),
  HOST: z.string().default('127.0.0.1').describe('Address that the health checks of the worker are answered on.'),
  PORT: port().default(5004).describe('Port of the health checks of the worker; 0: any that is free.'),
  WORKER_NAME: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores')
    .default(() =>
      hostname()
        .replaceAll(/[^\w.-]/g, '-')
        .slice(0, 64),
    )
    .describe('Name of this worker, the same after a restart. Default: the name of the machine or container.'),
  MEDIA_DIR: z
    .string()
    .default('./data/media')
    .transform((text) => path.resolve(text))
    .describe('Where the library’s files are.'),
  DELIVERY_DIR: z
    .string()
    .transform((text) => path.resolve(text))
    .optional()
    .describe(
      'Directory below which the targets of deliveries are that are folders, such as that of a media server. Without it there are none.',
    ),
  TOOLS_DIR: z
    .string()
    .default('./.tools')
    .transform((text) => path.resolve(text))
    .describe('Where yt-dlp, deno and the solver are (`install-downloader.sh`).'),
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((text) => path.resolve(text))
    .describe('Directory of the releases of yt-dlp that the worker fetches.'),
  YTDLP_CHANNEL: YtDlpChannel.default('stable').describe(
    'The releases of yt-dlp that a worker fetches, proves and tries by itself: `stable`, `nightly`, or `pinned` for none: the installed yt-dlp stays.',
  ),
  YTDLP_CHECK_EVERY: durationSeconds()
    .default(86_400)
    .describe('Time from one check for a release of yt-dlp to the next: `24h`.'),
  YTDLP_RELEASES_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .default('https://github.com')
    .transform((text) => text.replace(/\/+$/, ''))
    .describe('Root of the releases of yt-dlp: another one that has the paths of GitHub, such as a mirror.'),
  YTDLP_SIGNED_BY: z
    .string()
    .includes('-----BEGIN PGP PUBLIC KEY BLOCK-----', 'must be an ASCII-armoured OpenPGP public key')
    .optional()
    .describe(
      'The OpenPGP key that signs the releases of yt-dlp, ASCII-armoured. A release that it has not signed is refused. Default: the key of yt-dlp’s own releases.',
    ),
  DOWNLOAD_CONCURRENCY: z.coerce
    .number('must be a number')
    .int()
    .min(1, 'must be at least 1')
    .max(16, 'must be at most 16')
    .default(2)
    .describe('How many jobs a worker runs at once.'),
  SPARE_DOWNLOADERS: z.coerce
    .number('must be a number')
    .int()
    .min(0, 'must be at least 0')
    .max(4, 'must be at most 4')
    .default(1)
    .describe(
      'How many processes of yt-dlp a worker keeps loaded, so that a link is read half a second sooner; each takes 45 MB. 0: none.',
    ),
  STORAGE_LIMIT: percentage().default(0.9).describe('How full the disk may become: `90%`.'),
  STALL_TIMEOUT: durationSeconds().default(60).describe('How long a source may send nothing: `60s`.'),
  LOG_LEVEL: logLevel().describe('Least important lines that are logged.'),
});
export type WorkerConfig = z.infer<typeof WorkerConfig>;
