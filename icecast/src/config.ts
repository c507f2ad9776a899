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

/** The settings of the broadcaster; see `docs/configuration.md`. */
export const IcecastConfig = z.object({
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address that the control endpoint listens on. In a container: 0.0.0.0.'),
  PORT: port().default(8001).describe('Port of the control endpoint.'),
  ICECAST_HOST: address().default('127.0.0.1').describe('Address that Icecast listens on. In a container: 0.0.0.0.'),
  ICECAST_PORT: port().min(1, 'must be a port number').default(8000).describe('Port of Icecast.'),
  SERVICE_KEY: bearerKey().describe("Icecast's own key, for requesting the next track from yt-app."),
  KEY_DIGESTS: keyDigests().describe(
    'Digests of the keys that the control endpoint accepts: `name:sha256`. It answers yt-app.',
  ),
  YT_APP_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:5000' })
    .default('http://127.0.0.1:5000')
    .describe('URL of yt-app.'),
  MEDIA_DIR: z.string().default('./data/media').describe('Directory of the media; read only.'),
  DATA_DIR: z
    .string()
    .default('./data')
    .describe('Directory of the state. The broadcaster writes below its icecast directory only.'),
  ICECAST_SOURCE_PASSWORD: password().describe('Password of ezstream at Icecast; generated at each start unless set.'),
  ICECAST_ADMIN_PASSWORD: password().describe("Password of Icecast's admin pages; generated at each start unless set."),
  LOG_LEVEL: logLevel().describe('The least severe lines logged; debug includes the output of Icecast and ezstream.'),
});
export type IcecastConfig = z.infer<typeof IcecastConfig>;
