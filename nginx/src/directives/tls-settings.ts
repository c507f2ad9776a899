import type { ConfBlock } from './conf-block.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';

const CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
];
const CURVES = ['X25519', 'prime256v1', 'secp384r1'];

/**
 * Mozilla's intermediate profile (server-side TLS 6.0), here and not in a server: the default server's protocols decide
 * for all of them. The certificate is the self-signed one; a server that has a better one says so.
 */
export function addTls(http: ConfBlock, { stateDirectory, features }: EdgeSettings): void {
  if (features.http2Directive) http.directive('http2', 'on');
  http.directive('ssl_certificate', `"${stateDirectory}/certificate.pem"`);
  http.directive('ssl_certificate_key', `"${stateDirectory}/key.pem"`);
  http.directive('ssl_protocols', 'TLSv1.2 TLSv1.3');
  http.directive('ssl_ciphers', CIPHERS.join(':'));
  http.directive('ssl_ecdh_curve', [...(features.hybridKeyExchange ? ['X25519MLKEM768'] : []), ...CURVES].join(':'));
  http.directive(
    'ssl_prefer_server_ciphers',
    'on',
    'Mozilla leaves the choice to the client, because all are good; scanners take that for no choice at all.\nWhoever asks for ChaCha first, having no AES in hardware, gets it all the same.',
  );
  http.directive('ssl_conf_command', 'Options PrioritizeChaCha');
  http.directive('ssl_session_timeout', '1d');
  http.directive('ssl_session_cache', 'shared:tls:2m');
  http.directive('ssl_session_tickets', 'off');
  http.directive('ssl_early_data', 'off', 'What comes before the handshake is done could be sent again by others.');
}
