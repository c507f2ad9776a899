/**
 * Node's flags for our services: small rather than fast. V8 collects garbage earlier and gives memory back: 3 to 9 MB a
 * process less, for 10 % more processor time under load. The Dockerfiles and `ops/local.sh` say the same.
 */
export const NODE_FLAGS: readonly string[] = ['--optimize-for-size'];

/** For the C library: one heap for all threads, and what is free at its end goes back at once. 2 to 9 MB a process. */
export const MEMORY_SETTINGS = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '262144' } as const;
