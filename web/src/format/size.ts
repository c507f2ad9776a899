import { texts } from '@linkcast/texts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in decimal units, as disks and networks count: `950 B`, `4.2 MB`, `1.3 GB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  const digits = power > 1 && value < 100 ? 1 : 0;
  const shown = new Intl.NumberFormat(texts.site.locale, { maximumFractionDigits: digits }).format(value);
  return `${shown} ${units[power] ?? 'TB'}`;
}
