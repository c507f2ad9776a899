import { expect, test } from 'vitest';
import { parseNginxFeatures } from '../../src/settings/nginx-features.ts';

const NGINX_V = {
  'Debian 12': [
    'nginx version: nginx/1.22.1\nbuilt with OpenSSL 3.0.20 7 Apr 2026 (running with OpenSSL 3.0.22 25 Aug 2026)\nTLS SNI support enabled\nconfigure arguments: --with-http_v2_module',
    { http2Directive: false, http3: false, hybridKeyExchange: false },
  ],
  'Debian 13': [
    'nginx version: nginx/1.26.3\nbuilt with OpenSSL 3.5.6 7 Apr 2026 (running with OpenSSL 3.5.7 9 Jun 2026)\nconfigure arguments: --with-http_v2_module --with-http_v3_module',
    { http2Directive: true, http3: true, hybridKeyExchange: true },
  ],
  'a newer nginx over an older OpenSSL': [
    'nginx version: nginx/1.30.0\nbuilt with OpenSSL 3.5.6 7 Apr 2026 (running with OpenSSL 3.4.1 1 Jan 2025)\nconfigure arguments: ',
    { http2Directive: true, http3: false, hybridKeyExchange: false },
  ],
} as const;

test.each(Object.entries(NGINX_V))('the output of nginx -V on %s: is parsed into features', (_, [text, features]) => {
  expect(parseNginxFeatures(text)).toEqual(features);
});
