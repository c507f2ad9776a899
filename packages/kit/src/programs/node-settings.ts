/**
 * Node's flags for our services: small rather than fast. V8 collects garbage earlier and gives memory back: 3 to 9 MB a
 * process less, for 10 % more processor time under load. The Dockerfiles and `ops/local.sh` say the same.
 */
export const NODE_FLAGS: readonly string[] = ['--optimize-for-size'];
/** The API, which people wait for, reads many rows and needs none of them for long: with the 1 MB that the flag above leaves for new objects, a fifth of its processor time was garbage collection. */
const API_FLAGS: readonly string[] = ['--max-semi-space-size=2'];

/** Node's flags for the main file of a service. @param main relative to the root of the repository. */
export function nodeFlagsOf(main: string): readonly string[] {
  return /(^|\/)yt-app\/(src\/)?main\.[jt]s$/.test(main) ? API_FLAGS : NODE_FLAGS;
}

/** For the C library: one heap for all threads, and what is free at its end goes back at once. 2 to 9 MB a process. */
export const MEMORY_SETTINGS = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '262144' } as const;
