/** When a certificate is good. */
export interface Lifetime {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const SHORT_LIFE_MS = 10 * 86_400_000;

/**
 * When it is time to renew: with a third of its life left; with half of it when that is under ten days. This is the rule
 * of certbot 4 and later, for the older one that Debian 12 has, whose fixed 30 days are too many for short lives.
 */
export function dueAt({ notBefore, notAfter }: Lifetime): Date {
  const life = notAfter.getTime() - notBefore.getTime();
  return new Date(notAfter.getTime() - life * (life < SHORT_LIFE_MS ? 1 / 2 : 1 / 3));
}

export function isDue(lifetime: Lifetime, now: Date): boolean {
  return dueAt(lifetime) <= now;
}

/** What is left of its life: 1 when it begins, 0 at its end, less when it has expired. */
export function remainingShare({ notBefore, notAfter }: Lifetime, now: Date): number {
  return (notAfter.getTime() - now.getTime()) / (notAfter.getTime() - notBefore.getTime());
}
