import { durationSeconds, port } from '@linkcast/kit';
import { installationLanguage } from '@linkcast/texts';
import { z } from 'zod';

/** The settings that `make local` and `make doctor` use themselves. Each part reads its own. */
export const OpsConfig = z.object({
  HTTP_PORT: port().default(8080).describe('Port of the site over HTTP.'),
  HTTPS_PORT: port().default(4433).describe('Port of the site over HTTPS.'),
  YT_APP_PORT: port().default(5000).describe('Port of the API on this machine; `make local` only.'),
  ICECAST_PORT: port().default(8000).describe('Port of Icecast on this machine; `make local` only.'),
  STATION_PORT: port()
    .default(8001)
    .describe("Port of the station's control endpoint on this machine; `make local` only."),
  DDNS_PORT: port().default(5001).describe('Port of the DDNS updater on this machine; `make local` only.'),
  CERTBOT_PORT: port().default(5002).describe("Port of certbot's keeper on this machine; `make local` only."),
  EGRESS_PORT: port().default(5003).describe('Port of the egress proxy on this machine; `make local` only.'),
  DOMAIN_NAME: z.string().optional().describe('Public name of the site.'),
  HOME_NAMES: z.string().optional().describe('Further names of the site at home.'),
  SITE_URL: z.string().optional().describe('Public root of the site: what the links in messages begin with.'),
  BIND_ADDRESS: z
    .string()
    .optional()
    .describe(
      'Address of this machine that the site answers on. Default: all (`0.0.0.0`) with DOMAIN_NAME or HOME_NAMES, otherwise `127.0.0.1`.',
    ),
  DATA_DIR: z.string().default('./data').describe('Directory of databases, secrets and state.'),
  MEDIA_DIR: z.string().optional().describe('Directory of the media. Default: `media` below DATA_DIR.'),
  BACKUP_DIR: z.string().optional().describe('Directory of the backups.'),
  BACKUP_EVERY: durationSeconds().default(86_400).describe('Time from one backup to the next.'),
  LANGUAGE: z
    .string()
    .default('en')
    .transform(installationLanguage)
    .describe('Language of the installation: `en`, `es` or `ru`. People choose their own.'),
  TELEGRAM_API_ROOT: z.string().default('https://api.telegram.org').describe('Root of the Bot API.'),
  OWNERS: z.string().optional().describe('Numeric Telegram ids of the owners, separated by commas.'),
});
export type OpsConfig = z.infer<typeof OpsConfig>;

/** The settings that docker-compose.yml uses itself. */
export const ComposeConfig = z.object({
  BIND_ADDRESS: OpsConfig.shape.BIND_ADDRESS,
  CPUS: z.string().default('2').describe('How many processors the downloads and encoders may use.'),
  COMPOSE_PROFILES: z
    .string()
    .optional()
    .describe('`postgres`: the stack brings a PostgreSQL server, and yt-app uses it instead of SQLite.'),
  POSTGRES_IMAGE: z
    .string()
    .default('postgres:17')
    .describe('Image of that server; its data is in `DATA_DIR/postgres`.'),
  NODE_IMAGE: z
    .string()
    .optional()
    .describe('Image that the parts are built from. Default: the one that their Dockerfiles name.'),
  LINKCAST_UID: z.string().default('1000').describe('User id that the containers run as; `make up` sets it.'),
  LINKCAST_BOT: z.string().default('0').describe('How many bots run: 1 with a token; `make up` sets it.'),
  LINKCAST_GID: z.string().default('1000').describe('Group id that the containers run as; `make up` sets it.'),
});
