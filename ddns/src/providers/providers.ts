import { cloudflare } from './cloudflare.ts';
import { duckdns } from './duckdns.ts';
import { dyndns2 } from './dyndns2.ts';
import { ionos } from './ionos.ts';
import { updateUrl } from './update-url.ts';

/** All providers by their value of DDNS_PROVIDER. A new one is a file in this folder and a line here. */
export const providers = { ionos, cloudflare, duckdns, dyndns2, url: updateUrl };

export type ProviderId = keyof typeof providers;
