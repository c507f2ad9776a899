import { mainFile } from '@linkcast/kit';
import path from 'node:path';

export type Challenge = 'http-01' | 'dns-01';

/** The certificate to obtain, and the ACME server that issues it. */
export interface CertificateOrder {
  readonly domainName: string;
  /** certbot's `--cert-name`. */
  readonly lineage: string;
  readonly directoryUrl: string;
  /** E-mail address of the account; null: none. */
  readonly email: string | null;
}

/** certbot's directories; all but the webroot are below one directory that only its owner can read. */
export interface CertbotDirectories {
  readonly config: string;
  readonly work: string;
  readonly logs: string;
  /** nginx serves the answers to HTTP-01 challenges from it. */
  readonly webroot: string;
}

export interface RunKind {
  readonly challenge: Challenge;
  /** `when-due`: certbot decides whether it is time; `now`: it renews in any case; `rehearsal`: it keeps no certificate. */
  readonly renew: 'when-due' | 'now' | 'rehearsal';
}

const RENEW_OPTIONS = {
  'when-due': ['--keep-until-expiring'],
  now: ['--force-renewal'],
  rehearsal: ['--dry-run'],
} as const;
const LOGS_KEPT = 20;

/**
 * Builds certbot's arguments. One command obtains and renews: `certonly` decides by the same rules as `renew`, and takes
 * the challenge from the current settings, where `renew` takes that of the first time.
 */
export function certbotArguments(order: CertificateOrder, directories: CertbotDirectories, kind: RunKind): string[] {
  const account =
    order.email === null ? ['--register-unsafely-without-email'] : ['--email', order.email, '--no-eff-email'];
  return [
    'certonly',
    ...['--non-interactive', '--agree-tos', ...account],
    ...['--config-dir', directories.config, '--work-dir', directories.work, '--logs-dir', directories.logs],
    ...['--max-log-backups', String(LOGS_KEPT)],
    ...['--server', order.directoryUrl, '--cert-name', order.lineage, '--domain', order.domainName],
    ...['--key-type', 'ecdsa', '--elliptic-curve', 'secp256r1'],
    ...RENEW_OPTIONS[kind.renew],
    ...(kind.challenge === 'http-01' ? ['--webroot', '--webroot-path', directories.webroot] : dnsArguments()),
  ];
}

/** certbot runs the hooks in a shell. A record that could not be set stops certbot, so that no validation is wasted. */
function dnsArguments(): string[] {
  const hook = [process.execPath, mainFile(path.join(import.meta.dirname, '../dns-hook'))].map(quoteForShell).join(' ');
  return [
    ...['--manual', '--preferred-challenges', 'dns-01', '--disable-hook-validation'],
    ...['--manual-auth-hook', `${hook} set || kill -TERM "$PPID"`],
    ...['--manual-cleanup-hook', `${hook} remove`],
  ];
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
