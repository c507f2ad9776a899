/** A time in seconds since 1970 as ISO 8601. Null for no time, and for one beyond the years that a date can have. */
export function toDate(timestamp: number | null | undefined): string | null {
  const date = new Date((timestamp ?? Number.NaN) * 1000);
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? date.toISOString() : null;
}
