import { addAccessServer } from '../locations/access-location.ts';
import { addApiLimits } from '../locations/api-locations.ts';
import { renderConf } from '../directives/conf-block.ts';
import { EdgeSettings } from '../settings/edge-settings.ts';
import { addHttpBasics } from '../directives/http-defaults.ts';
import { addReadingRule } from '../directives/read-methods.ts';
import { addServers } from './servers.ts';

/**
 * The text of nginx.conf for the given settings. Pure: the same settings give the same text.
 *
 * @throws {z.ZodError} when a setting does not hold to its pattern.
 */
export function renderEdgeConf(given: EdgeSettings): string {
  const settings = EdgeSettings.parse(given);
  return renderConf((root) => {
    root.directive('daemon', 'off', 'Written by the edge at each start: changes made here are lost.');
    root.directive('pid', `"${settings.verdictDirectory}/nginx.pid"`);
    root.directive('error_log', 'stderr warn');
    root.directive('pcre_jit', 'on');
    if (settings.workerUser) root.directive('user', settings.workerUser);
    root.directive('worker_processes', 'auto');
    root.directive('worker_rlimit_nofile', '16384');
    root.directive(
      'worker_shutdown_timeout',
      '1h',
      'After a reload the old workers end what they began; listeners of the station never hang up by themselves.',
    );
    root.block('events', '', (events) => events.directive('worker_connections', '8192'));
    root.block('http', '', (http) => {
      addHttpBasics(http, settings);
      addReadingRule(http);
      addApiLimits(http);
      addAccessServer(http, settings);
      addServers(http, settings);
    });
  });
}
