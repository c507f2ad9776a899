import { createLogger } from '@linkcast/kit';
import {
  createDnsServer,
  findFreePort,
  startPebble,
  testKeys,
  until,
  type DnsServer,
  type Pebble,
  type PebbleOptions,
} from '@linkcast/testing';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ATTEMPT_LIMITS } from '../../src/attempts/attempt-limits.ts';
import { openAttemptStore } from '../../src/attempts/attempt-store.ts';
import { createLineage } from '../../src/certificate/lineage.ts';
import { createPublisher } from '../../src/certificate/publisher.ts';
import { createDdnsClient } from '../../src/challenge/ddns-client.ts';
import { startKeeper, type Keeper, type KeeperOptions } from '../../src/keeper/keeper.ts';
import { createCertbot } from '../../src/program/certbot.ts';
import { startWebroot } from './webroot.ts';

export const SERVICE_KEY = testKeys.certbot;
export const DOMAIN_NAME = 'home.linkcast.test';

/** Longest time of one attempt on a busy machine, in seconds. */
export const ATTEMPT_SECONDS = 60;

export type KeeperMore = Partial<KeeperOptions> & {
  readonly ddnsUrl?: string;
  readonly certbotFile?: string;
};

/** The directories of one installation, with nginx in front of the webroot, and DNS that points there. */
export interface Installation {
  readonly directory: string;
  readonly stateDirectory: string;
  readonly certificateDirectory: string;
  readonly pairFile: string;
  readonly dns: DnsServer;
  /** Port of 127.0.0.1 on which nginx answers HTTP-01 challenges. */
  readonly httpPort: number;
  /** Log lines of the keepers. */
  readonly log: string[];
  startPebble(options?: Partial<PebbleOptions>): Promise<Pebble>;
  /** Starts a keeper that uses the pebble started last. */
  startKeeper(more?: KeeperMore): Promise<Keeper>;
  /** Reads the published pair; empty: none. */
  published(): Promise<string>;
  /** Writes a shell script that runs in place of certbot. */
  writeProgram(script: string): Promise<string>;
  /** Stops the keepers and everything else, and removes the files. */
  close(): Promise<void>;
}

export async function openInstallation(): Promise<Installation> {
  const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-certbot-'));
  const stateDirectory = path.join(directory, 'data/certbot');
  const certificateDirectory = path.join(directory, 'certificate');
  const pairFile = path.join(certificateDirectory, 'pair.pem');
  const webroot = path.join(certificateDirectory, 'webroot');
  await chmod(directory, 0o755); // for nginx's workers, which need not be root where the tests are
  await mkdir(webroot, { recursive: true });
  const httpPort = await findFreePort();
  const nginx = await startWebroot(path.join(directory, 'nginx'), webroot, httpPort);
  const dns = await createDnsServer();
  dns.set(DOMAIN_NAME, 'A', '127.0.0.1');
  const log: string[] = [];
  const logger = createLogger({
    service: 'certbot',
    secrets: [SERVICE_KEY],
    destination: { write: (line) => log.push(line) },
  });
  const stops: (() => Promise<void>)[] = [];
  let pebble: Pebble | undefined;

  return {
    ...{ directory, stateDirectory, certificateDirectory, pairFile, dns, httpPort, log },
    startPebble: async (options = {}) => {
      const started = await startPebble({ httpPort, dnsServer: dns.hostPort, ...options });
      stops.unshift(() => started.stop());
      pebble = started;
      return started;
    },
    startKeeper: async ({ ddnsUrl = 'http://127.0.0.1:1', certbotFile = 'certbot', ...more } = {}) => {
      const { domainName = DOMAIN_NAME, directoryUrl = pebble?.directoryUrl ?? 'https://127.0.0.1:1/dir' } = more;
      const caFile = pebble?.caFile ?? null;
      const certbot = createCertbot({
        ...{ file: certbotFile, stateDirectory, webroot, caFile, ddnsUrl, serviceKey: SERVICE_KEY },
      });
      const lineage = createLineage(certbot.configDirectory, domainName, directoryUrl);
      const keeper = await startKeeper({
        ...{ domainName, directoryUrl, certbot, lineage, logger, email: null, challenge: 'auto' },
        publisher: createPublisher(certificateDirectory, domainName),
        store: await openAttemptStore(path.join(stateDirectory, 'attempts', `${lineage.name}.json`)),
        ddns: createDdnsClient(ddnsUrl, SERVICE_KEY),
        limits: { ...ATTEMPT_LIMITS, failuresPerHour: 1000, certificatesPerWeek: 1000 },
        ...more,
      });
      stops.unshift(() => keeper.stop());
      return keeper;
    },
    published: () => readFile(pairFile, 'utf8').catch(() => ''),
    writeProgram: async (script) => {
      const file = path.join(directory, 'program');
      await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      return file;
    },
    close: async () => {
      for (const stop of stops) await stop();
      await dns.close();
      await nginx.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Waits until another certificate than `before` is published. */
export async function newPair(installation: Installation, before = ''): Promise<string> {
  return until(async () => {
    const pair = await installation.published();
    return pair !== before && pair;
  }, ATTEMPT_SECONDS);
}

/** Waits until an attempt has failed, and gives the keeper's status. */
export function failure(keeper: Keeper) {
  return until(async () => {
    const status = await keeper.status();
    return status.lastError !== null && status;
  }, ATTEMPT_SECONDS);
}
