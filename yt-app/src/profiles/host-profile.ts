import type { Profile, Way } from '@linkcast/contracts';

/** The profile of a host: that of the longest name that the host is, or is below; else that of `*`. */
export function profileOf(profiles: readonly Profile[], host: string): Profile | undefined {
  const matches = profiles.flatMap((profile) => profile.hosts.map((pattern) => ({ pattern, profile })));
  const [best] = matches
    .filter(({ pattern }) => pattern === '*' || host === pattern || host.endsWith(`.${pattern}`))
    .toSorted((one, other) => rank(other.pattern) - rank(one.pattern));
  return best?.profile;
}

function rank(pattern: string): number {
  return pattern === '*' ? 0 : pattern.length;
}

/** The ways in the order in which they are tried: the one that worked last comes first. */
export function inOrder(ways: readonly Way[], worked: string | undefined): readonly Way[] {
  const first = ways.filter(({ name }) => name === worked);
  return [...first, ...ways.filter(({ name }) => name !== worked)];
}
