import { addApiLimits } from '../locations/api-locations.ts';
import { renderConf } from '../directives/conf-block.ts';
import { EdgeSettings } from '../settings/edge-settings.ts';
import { addHttpDefaults } from '../directives/http-defaults.ts';
import { addReadMethods } from '../directives/read-methods.ts';
import { addAccessCheckServer } from './access-check-server.ts';
import { addServers } from './servers.ts';

/**
 * Renders nginx.conf for the given settings. Pure: the same settings give the same text.
 *
 * @throws {z.ZodError} when a setting does not match its pattern.
 */
export function renderEdgeConf(given: EdgeSettings): string {
  const settings = EdgeSettings.parse(given);
  return renderConf((root) => {
    root.directive('daemon', 'off', 'Written by the edge at each start: changes in this file are lost.');
    root.directive('pid', `"${settings.runtimeDirectory}/nginx.pid"`);
    root.directive('error_log', 'stderr warn');
    root.directive('pcre_jit', 'on');
    if (settings.workerUser) root.directive('user', settings.workerUser);
    root.directive('worker_processes', 'auto');
    root.directive('worker_rlimit_nofile', '16384');
    root.directive(
      'worker_shutdown_timeout',
      '1h',
      'After a reload the old workers finish their requests; listeners of the station may never disconnect.',
    );
    root.block('events', '', (events) => events.directive('worker_connections', '8192'));
    root.block('http', '', (http) => {
      addHttpDefaults(http, settings);
      addReadMethods(http);
      addApiLimits(http);
      addAccessCheckServer(http, settings);
      addServers(http, settings);
    });
  });
}
