import type { ConfBlock } from '../directives/conf-block.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';

type Scheme = 'http' | 'https';

/** Adds a `listen` for each address and scheme. `parameter` is appended to each of them. */
export function addListens(
  server: ConfBlock,
  settings: EdgeSettings,
  schemes: readonly Scheme[],
  parameter?: 'default_server',
): void {
  const parameters = { http: [], https: settings.features.http2Directive ? ['ssl'] : ['ssl', 'http2'] };
  const ports = { http: settings.httpPort, https: settings.httpsPort };
  for (const host of hostsOf(settings)) {
    for (const scheme of schemes) {
      const words = [
        `${host}:${ports[scheme]}`,
        ...parameters[scheme],
        ...(parameter === undefined ? [] : [parameter]),
      ];
      server.directive('listen', words.join(' '));
    }
  }
}

/** Adds HTTP/3 for each address, if nginx has it. Only with a domain: only the public server announces HTTP/3. */
export function addQuicListens(server: ConfBlock, settings: EdgeSettings, parameters: string): void {
  if (!settings.features.http3 || settings.domainName === undefined) return;
  for (const host of hostsOf(settings)) server.directive('listen', `${host}:${settings.httpsPort} ${parameters}`);
}

function hostsOf({ listenAddresses }: EdgeSettings): string[] {
  return listenAddresses.map((address) => (address.includes(':') ? `[${address}]` : address));
}
