import { bearerKey, keyDigests, logLevel, port } from '@linkcast/kit';
import { isIP } from 'node:net';
import { z } from 'zod';

const MIN_PASSWORD_CHARACTERS = 16;

const address = () => z.string().refine((text) => isIP(text) !== 0, 'must be an IP address');
const password = () =>
  z
    .string()
    .min(MIN_PASSWORD_CHARACTERS, `must have at least ${MIN_PASSWORD_CHARACTERS} characters`)
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')
    .refine((text) => !/hackme/i.test(text), 'must not be the well-known default')
    .optional();

/** The settings of the station; see `docs/configuration.md`. */
export const IcecastConfig = z.object({
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address that the control endpoint listens on. In a container: 0.0.0.0.'),
  PORT: port().default(8001).describe('Port of the control endpoint.'),
  ICECAST_HOST: address().default('127.0.0.1').describe('Address that Icecast listens on. In a container: 0.0.0.0.'),
  ICECAST_PORT: port().min(1, 'must be a port number').default(8000).describe('Port of Icecast.'),
  SERVICE_KEY: bearerKey().describe("The station's own key: yt-app tells it what airs next."),
  KEY_DIGESTS: keyDigests().describe('The keys that the control endpoint knows: `name:sha256`. It answers yt-app.'),
  YT_APP_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:5000' })
    .default('http://127.0.0.1:5000')
    .describe('Where yt-app answers.'),
  MEDIA_DIR: z.string().default('./data/media').describe('Directory of the media, only read.'),
  DATA_DIR: z.string().default('./data').describe('State; the station writes below its icecast directory only.'),
  ICECAST_SOURCE_PASSWORD: password().describe('What ezstream shows to Icecast; made at each start unless set.'),
  ICECAST_ADMIN_PASSWORD: password().describe("Key of Icecast's own pages; made at each start unless set."),
  LOG_LEVEL: logLevel().describe("Least level that is logged; debug shows Icecast's and ezstream's own lines."),
});
export type IcecastConfig = z.infer<typeof IcecastConfig>;
