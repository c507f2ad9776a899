import { bearerKey, domainName, keyDigests, logLevel, port } from '@linkcast/kit';
import { installationLanguage } from '@linkcast/texts';
import { z } from 'zod';

/** Let's Encrypt's production server; with `--dry-run`, certbot uses its staging server instead. */
const LETS_ENCRYPT = 'https://acme-v02.api.letsencrypt.org/directory';

/** The settings of certbot's keeper; see `docs/configuration.md`. */
export const CertbotConfig = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on. In a container: 0.0.0.0.'),
  PORT: port().default(5002).describe('Port to listen on.'),
  SERVICE_KEY: bearerKey().describe("certbot's own key, with which the DDNS updater sets records of challenges."),
  KEY_DIGESTS: keyDigests().describe('Digests of the keys that the keeper accepts: `name:sha256`. It answers yt-app.'),
  DOMAIN_NAME: domainName().describe('Public name of the site. Without it neither ddns nor certbot is started.'),
  SERVER_ADMIN: z
    .email('must be an e-mail address')
    .optional()
    .describe('E-mail address that the ACME server gets with the account.'),
  ACME_DIRECTORY: z
    .url({ protocol: /^https$/, error: 'must be an https address of an ACME directory' })
    .default(LETS_ENCRYPT)
    .describe('Directory of the ACME server.'),
  ACME_CA_FILE: z
    .string()
    .optional()
    .describe("PEM file of the CA that signed a private ACME server's own certificate; nothing else is trusted then."),
  ACME_CHALLENGE: z
    .enum(['auto', 'http-01', 'dns-01'], 'must be auto, http-01 or dns-01')
    .default('auto')
    .describe(
      'Proof of the name: http-01 through port 80, dns-01 by a record that the DDNS updater sets; auto tries http-01 first.',
    ),
  CERTIFICATE_DIR: z
    .string()
    .default('./data/certificate')
    .describe('Directory of the published certificate with its key, and of the answers to challenges; nginx reads it.'),
  DATA_DIR: z
    .string()
    .default('./data')
    .describe('Directory of the state; the keeper writes below its certbot directory only.'),
  DDNS_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:5001' })
    .default('http://127.0.0.1:5001')
    .describe('Address of the DDNS updater.'),
  CERTBOT_FILE: z.string().default('certbot').describe('The certbot program.'),
  LANGUAGE: z
    .string()
    .default('en')
    .transform(installationLanguage)
    .describe('Language of the installation: `en`, `es` or `ru`. People choose their own.'),
  LOG_LEVEL: logLevel().describe('The least severe lines logged.'),
});
export type CertbotConfig = z.infer<typeof CertbotConfig>;
