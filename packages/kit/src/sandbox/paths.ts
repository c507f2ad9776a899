import { statSync } from 'node:fs';

export interface ExistingPath {
  readonly path: string;
  readonly isDirectory: boolean;
}

/**
 * System paths that programs need: themselves, libraries, certificates, fonts, the names of hosts and users. Not all of
 * `/etc`, which holds the passwords of other services, and nothing of `/proc`, `/sys`, `/home`, `/var` and `/tmp`.
 */
const SYSTEM_PATHS: readonly string[] = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/etc/alternatives',
  '/etc/ld.so.cache',
  '/etc/ssl/certs',
  '/etc/ssl/openssl.cnf',
  '/etc/ca-certificates',
  '/etc/pki/tls/certs',
  '/etc/resolv.conf',
  '/etc/hosts',
  '/etc/host.conf',
  '/etc/gai.conf',
  '/etc/nsswitch.conf',
  '/etc/protocols',
  '/etc/services',
  '/etc/passwd',
  '/etc/group',
  '/etc/localtime',
  '/etc/timezone',
  '/etc/mime.types',
  '/etc/fonts',
];

/** Devices that hold nothing; the first may be written, too. */
const DEVICES: readonly string[] = ['/dev/null', '/dev/zero', '/dev/random', '/dev/urandom'];

export interface ReachablePaths {
  readonly readable: readonly ExistingPath[];
  readonly writable: readonly ExistingPath[];
  readonly devices: readonly ExistingPath[];
}

/** The paths that a confined program may reach, as far as they exist. */
export function reachablePaths(own: {
  readonly readable: readonly string[];
  readonly writable: readonly string[];
}): ReachablePaths {
  return {
    readable: [...SYSTEM_PATHS, ...own.readable].flatMap(existing),
    writable: own.writable.flatMap(existing),
    devices: DEVICES.flatMap(existing),
  };
}

function existing(path: string): ExistingPath[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? [] : [{ path, isDirectory: stats.isDirectory() }];
}
