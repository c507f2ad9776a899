import { Resolver } from 'node:dns/promises';

const TIMEOUT_MS = 2500;
const TRIES = 2;

/**
 * Creates a resolver. Resolvers keep answers, so each query needs a new one.
 *
 * @param servers `address` or `address:port`; none: those of the system.
 */
export function createResolver(servers: readonly string[] = []): Resolver {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers.length > 0) resolver.setServers(servers);
  return resolver;
}
