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
    DOMAIN_NAME: domainName().optional().describe('Public name of the site. Without it the site answers at home only.'),
    SITE_URL: z
      .string()
      .transform((url) => url.toLowerCase().replace(/\/$/, ''))
      .optional()
      .describe(
        'Where the site is for the world, when that is not https://DOMAIN_NAME: with another port, such as https://media.example.org:8443.',
      ),
    HOME_NAMES: homeNames()
      .optional()
      .describe(
        'Further names or addresses, separated by commas, that the site answers to at home, such as 192.168.1.20, server.lan. With DOMAIN_NAME an address is answered over HTTP only, because browsers name no address in a TLS handshake.',
      ),
    ACCESS: z
      .enum(['private', 'public'], 'must be private or public')
      .default('private')
      .describe('private: who wants to watch signs in. public opens watching (never adding) to everyone.'),
    SITE_DIR: z.string().default('./web/dist').describe('Directory of the built site.'),
    MEDIA_DIR: z.string().default('./data/media').describe('Directory of the media, only read.'),
    DATA_DIR: z
      .string()
      .default('./data')
      .describe('State; the edge writes below its nginx directory only: configuration, certificates, temporary files.'),
    CERTIFICATE_DIR: z
      .string()
      .default('./data/certificate')
      .describe(
        "Where certbot leaves the certificate with its key (pair.pem) and its answers to the ACME server's challenges (webroot), only read.",
      ),
    YT_APP_URL: httpUrl().default('http://127.0.0.1:5000').describe('Where yt-app answers.'),
    ICECAST_URL: httpUrl().default('http://127.0.0.1:8000').describe('Where Icecast answers.'),
    SERVICE_KEY: bearerKey().describe("nginx's own key: yt-app tells it who may watch."),
    INSTALLATION_MARK: installationMark().describe(
      'What the site answers at /.well-known/linkcast, by which the DDNS updater recognises it: 32 random hex digits, no key.',
    ),
    LOG_LEVEL: logLevel().describe('Least level that is logged; debug shows every request.'),
  })
  .refine(({ DOMAIN_NAME, SITE_URL }) => DOMAIN_NAME === undefined || ORIGIN_PATTERN.test(SITE_URL ?? 'https://a.bc'), {
    path: ['SITE_URL'],
    when: () => true, // listed beside the other faults
    message: 'must be https:// and a name, perhaps with a port, such as https://media.example.org:8443',
  });
export type NginxConfig = z.infer<typeof NginxConfig>;
