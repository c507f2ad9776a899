import { bearerKey, domainName, installationMark, listOf, logLevel, port } from '@linkcast/kit';
import { isIP } from 'node:net';
import { z } from 'zod';
import { httpUrl, isHomeName, ORIGIN_PATTERN } from './settings/edge-settings.ts';

const addresses = () => listOf((entry) => isIP(entry) !== 0, 'must be IP addresses, such as 127.0.0.1, ::1');
const homeNames = () =>
  listOf(
    (entry) => isHomeName(entry.toLowerCase()),
    'must be names or addresses, such as server.lan, 192.168.1.20',
  ).transform((names) => names.map((name) => name.toLowerCase()));

/** The settings of the edge; see `docs/configuration.md`. */
export const NginxConfig = z
  .object({
    HTTP_PORT: port().min(1, 'must be a port number').default(8080).describe('Port of the site over HTTP.'),
    HTTPS_PORT: port().min(1, 'must be a port number').default(4433).describe('Port of the site over HTTPS.'),
    LISTEN_ADDRESS: addresses()
      .prefault('127.0.0.1')
      .describe('Addresses that nginx listens on, separated by commas. In a container: 0.0.0.0.'),
    DOMAIN_NAME: domainName()
      .optional()
      .describe('Public name of the site. Without it the site answers in the local network only.'),
    SITE_URL: z
      .string()
      .transform((url) => url.toLowerCase().replace(/\/$/, ''))
      .optional()
      .describe(
        'Public root of the site, if it is not https://DOMAIN_NAME: with another port, such as https://media.example.org:8443.',
      ),
    HOME_NAMES: homeNames()
      .optional()
      .describe(
        'Further names or addresses of the site in the local network, separated by commas, such as 192.168.1.20, server.lan. With DOMAIN_NAME an address is answered over HTTP only, because browsers send no address in a TLS handshake.',
      ),
    ACCESS: z
      .enum(['private', 'public'], 'must be private or public')
      .default('private')
      .describe('private: watching needs a sign-in. public: everyone may watch; adding needs a sign-in still.'),
    SITE_DIR: z.string().default('./web/dist').describe('Directory of the built site.'),
    MEDIA_DIR: z.string().default('./data/media').describe('Directory of the media; read only.'),
    DATA_DIR: z
      .string()
      .default('./data')
      .describe(
        'Directory of the state. The edge writes below its nginx directory only: configuration, certificates, temporary files.',
      ),
    CERTIFICATE_DIR: z
      .string()
      .default('./data/certificate')
      .describe(
        "Directory of certbot's certificate with its key (pair.pem) and its answers to ACME challenges (webroot); read only.",
      ),
    YT_APP_URL: httpUrl().default('http://127.0.0.1:5000').describe('URL of yt-app.'),
    ICECAST_URL: httpUrl().default('http://127.0.0.1:8000').describe('URL of Icecast.'),
    SERVICE_KEY: bearerKey().describe("nginx's own key, for the access checks at yt-app."),
    INSTALLATION_MARK: installationMark().describe(
      'The answer of the site at /.well-known/linkcast, by which the DDNS updater recognises it: 32 random hex digits, not secret.',
    ),
    LOG_LEVEL: logLevel().describe('The least severe lines logged; debug includes every request.'),
  })
  .refine(({ DOMAIN_NAME, SITE_URL }) => DOMAIN_NAME === undefined || ORIGIN_PATTERN.test(SITE_URL ?? 'https://a.bc'), {
    path: ['SITE_URL'],
    when: () => true, // listed beside the other faults
    message: 'must be https:// and a name, perhaps with a port, such as https://media.example.org:8443',
  });
export type NginxConfig = z.infer<typeof NginxConfig>;
