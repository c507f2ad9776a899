/** Seconds by which a clock may be off: certificates and signed links need it right. */
export const CLOCK_TOLERANCE_SECONDS = 60;

const LIMIT_MS = 3000;

/** Compares the clock with the `Date` of a web server. @returns whole seconds, without a sign; undefined: no answer. */
export async function askClockOffset(url: string): Promise<number | undefined> {
  const askedAt = Date.now();
  const theirs = await askForTime(url);
  return theirs === undefined ? undefined : Math.round(Math.abs(theirs - (askedAt + Date.now()) / 2) / 1000);
}

/** Milliseconds since 1970, by a web server's clock. */
async function askForTime(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(LIMIT_MS) });
    const time = Date.parse(response.headers.get('date') ?? '');
    return Number.isNaN(time) ? undefined : time;
  } catch {
    return undefined; // no network, or nobody there
  }
}
