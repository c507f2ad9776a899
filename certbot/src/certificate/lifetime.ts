/** The period in which a certificate is valid. */
export interface Lifetime {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const SHORT_LIFE_MS = 10 * 86_400_000;

/**
 * The time to renew: with a third of the lifetime left, or half of one under ten days. This is the rule of certbot 4 and
 * later, applied to the older one of Debian 12, whose fixed 30 days are too long for short lifetimes.
 */
export function dueAt({ notBefore, notAfter }: Lifetime): Date {
  const life = notAfter.getTime() - notBefore.getTime();
  return new Date(notAfter.getTime() - life * (life < SHORT_LIFE_MS ? 1 / 2 : 1 / 3));
}

export function isDue(lifetime: Lifetime, now: Date): boolean {
  return dueAt(lifetime) <= now;
}

/** The share of the lifetime that is left: 1 at its start, 0 at its end, negative after it. */
export function remainingShare({ notBefore, notAfter }: Lifetime, now: Date): number {
  return (notAfter.getTime() - now.getTime()) / (notAfter.getTime() - notBefore.getTime());
}
