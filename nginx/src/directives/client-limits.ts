import type { ConfBlock } from './conf-block.ts';

/** What one client may take of a server that has others to serve. */
export function addLimits(http: ConfBlock): void {
  http.directive('client_header_timeout', '10s', 'A client that drips or stalls loses its connection.');
  http.directive('client_body_timeout', '10s');
  http.directive('send_timeout', '30s');
  http.directive('keepalive_timeout', '30s');
  http.directive('keepalive_requests', '1000');
  http.directive('reset_timedout_connection', 'on');
  http.directive('http2_max_concurrent_streams', '64');
  http.directive('client_max_body_size', '16k');
  http.directive('large_client_header_buffers', '4 8k');
  http.directive('max_ranges', '4', 'Players ask for one; whoever asks for more gets the whole file.');
  http.directive('limit_conn_zone', '$binary_remote_addr zone=visitors:1m');
  http.directive(
    'limit_conn',
    'visitors 200',
    'Requests at once from one address. A player has six, and a whole family (or a container\nnetwork) may share one address: this stops a flood, not a household.',
  );
  for (const kind of ['conn', 'req']) {
    http.directive(`limit_${kind}_status`, '429');
    http.directive(`limit_${kind}_log_level`, 'warn');
  }
}
