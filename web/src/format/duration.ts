import { texts } from '@linkcast/texts';

const { progress } = texts.site;

/** Seconds as a clock: `0:07`, `4:05`, `1:02:03`. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** Seconds as a rounded span in words: `8 s`, `3 min`, `1 h 20 min`. */
export function formatSpan(seconds: number): string {
  if (seconds < 59.5) return progress.seconds(Math.max(1, Math.round(seconds)));
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return progress.minutes(minutes);
  return progress.hours(Math.floor(minutes / 60), minutes % 60);
}
