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
 * Adds Mozilla's intermediate profile (server-side TLS 6.0) to the http block, because the protocols of the default server
 * apply to all servers. The certificate is the self-signed one; the public server overrides it.
 */
export function addTlsSettings(http: ConfBlock, { stateDirectory, features }: EdgeSettings): void {
  if (features.http2Directive) http.directive('http2', 'on');
  http.directive('ssl_certificate', `"${stateDirectory}/certificate.pem"`);
  http.directive('ssl_certificate_key', `"${stateDirectory}/key.pem"`);
  http.directive('ssl_protocols', 'TLSv1.2 TLSv1.3');
  http.directive('ssl_ciphers', CIPHERS.join(':'));
  http.directive('ssl_ecdh_curve', [...(features.hybridKeyExchange ? ['X25519MLKEM768'] : []), ...CURVES].join(':'));
  http.directive(
    'ssl_prefer_server_ciphers',
    'on',
    'Mozilla leaves the choice to the client, because all ciphers are good; scanners report that as missing.\nA client without AES in hardware, which lists ChaCha20 first, still gets it.',
  );
  http.directive('ssl_conf_command', 'Options PrioritizeChaCha');
  http.directive('ssl_session_timeout', '1d');
  http.directive('ssl_session_cache', 'shared:tls:2m');
  http.directive('ssl_session_tickets', 'off');
  http.directive('ssl_early_data', 'off', 'Early data can be replayed by an attacker.');
}
