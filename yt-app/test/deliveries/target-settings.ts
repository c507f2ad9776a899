import type { TargetSettings } from '../../src/deliveries/target-store.ts';

/** The settings of an SFTP server. */
export function targetSettings(changes: Partial<TargetSettings> = {}): TargetSettings {
  return {
    ...{ name: 'The NAS', kind: 'sftp', host: 'nas.lan', port: 0, user: 'media', folder: 'films' },
    ...{ pin: `SHA256:${'A'.repeat(43)}`, layout: 'media-server', rule: { items: 'all' }, removeAfter: false },
    ...changes,
  };
}
