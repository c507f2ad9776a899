const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** 12400000 → "12.4 MB" (decimal units, as file managers and sites show). */
export function readableBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const value = bytes / 1000 ** power;
  const digits = power === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[power] ?? 'B'}`;
}

/** 75 → "1 min 15 s", 3700 → "1 h 2 min". */
export function readableSeconds(seconds: number): string {
  const total = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  if (minutes > 0) return `${minutes} min ${rest} s`;
  return `${rest} s`;
}

const DAY_MS = 86_400_000;

/**
 * When something ends: "28 November", with the year when it is another one than now, and with the time of day
 * ("21 November at 14:30 UTC") when that is less than two days away.
 *
 * @param iso date and time, ISO 8601
 */
export function readableEnd(iso: string, now = new Date()): string {
  const end = new Date(iso);
  const isNear = end.getTime() - now.getTime() < 2 * DAY_MS;
  const day = { day: 'numeric', month: 'long' } as const;
  const year = end.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  const time = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  return end.toLocaleString('en-GB', { ...day, ...year, ...(isNear ? time : {}) });
}
