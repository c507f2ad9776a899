import type { ConfBlock } from './conf-block.ts';

/** Adds the limits of one client: time, size, requests and connections. */
export function addClientLimits(http: ConfBlock): void {
  http.directive('client_header_timeout', '10s', 'A client that sends slowly or stalls is disconnected.');
  http.directive('client_body_timeout', '10s');
  http.directive('send_timeout', '30s');
  http.directive('keepalive_timeout', '30s');
  http.directive('keepalive_requests', '1000');
  http.directive('reset_timedout_connection', 'on');
  http.directive('http2_max_concurrent_streams', '64');
  http.directive('client_max_body_size', '16k');
  http.directive('large_client_header_buffers', '4 8k');
  http.directive('max_ranges', '4', 'Players request one range; a request for more than four gets the whole file.');
  http.directive('limit_conn_zone', '$binary_remote_addr zone=clients:1m');
  http.directive(
    'limit_conn',
    'clients 200',
    'Concurrent requests of one address. A player has six, and a household or a container network may\nshare one address: this limit stops a flood.',
  );
  for (const kind of ['conn', 'req']) {
    http.directive(`limit_${kind}_status`, '429');
    http.directive(`limit_${kind}_log_level`, 'warn');
  }
}
