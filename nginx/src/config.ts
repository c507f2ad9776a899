import { port } from '@linkcast/kit';
import { isIP } from 'node:net';
import { z } from 'zod';
import { httpUrl, NAME_PATTERN, TOKEN_PATTERN } from './edge-settings.ts';

const listenAddresses = z.string().transform((text, context) => {
  const addresses = text.split(/[\s,]+/).filter((address) => address !== '');
  if (addresses.length > 0 && addresses.every((address) => isIP(address) !== 0)) return addresses;
  context.addIssue({ code: 'custom', message: 'must be IP addresses, such as 127.0.0.1, ::1' });
  return z.NEVER;
});

/** The settings of the edge; see `docs/configuration.md`. */
export const NginxConfig = z
  .object({
    HTTP_PORT: port().min(1, 'must be a port number').default(8080).describe('Port of the site over HTTP.'),
    HTTPS_PORT: port().min(1, 'must be a port number').default(4433).describe('Port of the site over HTTPS.'),
    LISTEN_ADDRESS: listenAddresses
      .prefault('127.0.0.1')
      .describe('Addresses that nginx listens on, separated by commas. In a container: 0.0.0.0.'),
    DOMAIN_NAME: z
      .string()
      .toLowerCase()
      .regex(NAME_PATTERN, 'must be a host name such as media.example.org')
      .optional()
      .describe('Public name of the site. Without it the site answers to localhost only.'),
    ACCESS: z
      .enum(['private', 'public'], 'must be private or public')
      .default('private')
      .describe('public opens watching (never adding) to everyone; it matters only with DOMAIN_NAME.'),
    SITE_DIR: z.string().default('./web/dist').describe('Directory of the built site.'),
    MEDIA_DIR: z.string().default('./data/media').describe('Directory of the media, only read.'),
    DATA_DIR: z
      .string()
      .default('./data')
      .describe('State; the edge writes below its nginx directory only: configuration, certificate, temporary files.'),
    YT_APP_URL: httpUrl().default('http://127.0.0.1:5000').describe('Where yt-app answers.'),
    ICECAST_URL: httpUrl().default('http://127.0.0.1:8000').describe('Where Icecast answers.'),
    API_TOKEN: z
      .string('is needed: the key of the API, at least 16 characters')
      .regex(TOKEN_PATTERN, 'must be 16 or more of the characters A-Z a-z 0-9 . _ ~ + / = -')
      .describe('The key of the API, which nginx adds for the site.'),
    LOG_LEVEL: z
      .enum(['debug', 'info', 'warn', 'error'])
      .default('info')
      .describe('Least level that is logged; debug shows every request.'),
  })
  .refine((config) => config.DOMAIN_NAME === undefined || config.ACCESS === 'public', {
    path: ['ACCESS'],
    when: () => true, // listed beside the other faults
    message:
      'private access needs sign-in, which is not there yet. Set ACCESS=public to open watching to everyone, or leave DOMAIN_NAME empty.',
  });
export type NginxConfig = z.infer<typeof NginxConfig>;
