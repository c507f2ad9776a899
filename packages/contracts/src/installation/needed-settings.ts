import type { PartName } from './part-names.ts';

/** A setting without which a part has nothing to do. */
export type NeededSetting = 'DOMAIN_NAME' | 'TELEGRAM_TOKEN' | 'BACKUP_DIR';

/** The parts that are started only when a setting is set. */
export const neededSettings: Readonly<Partial<Record<PartName, NeededSetting>>> = {
  ddns: 'DOMAIN_NAME',
  certbot: 'DOMAIN_NAME',
  bot: 'TELEGRAM_TOKEN',
  backup: 'BACKUP_DIR',
};

/** Reports whether a part is started, given which of the needed settings are set. */
export function isConfigured(name: PartName, isSet: Readonly<Record<NeededSetting, boolean>>): boolean {
  const needed = neededSettings[name];
  return needed === undefined || isSet[needed];
}
