import { createLogger } from '@linkcast/kit';
import { createDnsServer, createIonosStandIn, type DnsServer, type IonosStandIn } from '@linkcast/testing';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAddressClassifier } from '../../src/address/address-classifier.ts';
import { countVotes } from '../../src/address/address-finder.ts';
import { createNameServers } from '../../src/dns/name-servers.ts';
import { createResolver } from '../../src/dns/resolver.ts';
import { openNameStore } from '../../src/name/name-store.ts';
import { startUpdater, type Updater } from '../../src/name/updater.ts';
import { providers } from '../../src/providers/providers.ts';
import type { Clock } from '../../src/time/clock.ts';
import { createDeps, IONOS_KEY, NAME, ZONE } from '../providers/provider-fixture.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A clock that the test moves forward; a wait ends when the clock reaches its time. One wait at a time. */
export interface TestClock extends Clock {
  /** Resolves when something waits, that is: when everything due has been done. */
  idle(): Promise<void>;
  /** Moves the clock to the end of the current wait. @returns the milliseconds that passed. */
  step(): Promise<number>;
}

function createTestClock(): TestClock {
  let now = Date.parse('2026-11-21T12:00:00Z');
  let waiting: { at: number; wake: () => void } | undefined;
  let onWait = (): void => undefined;
  const idle = async (): Promise<void> => {
    if (waiting) return;
    await new Promise<void>((resolve) => (onWait = resolve));
  };
  return {
    now: () => now,
    wait: (ms, signal) => {
      if (ms <= 0 || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const mine = { at: now + ms, wake: resolve };
        waiting = mine;
        const leave = (): void => {
          if (waiting === mine) waiting = undefined;
          resolve();
        };
        signal.addEventListener('abort', leave, { once: true });
        onWait();
      });
    },
    idle,
    step: async () => {
      await idle();
      const next = waiting;
      if (!next) throw new Error('nothing waits');
      const passed = Math.max(next.at - now, 0);
      waiting = undefined;
      now += passed;
      next.wake();
      await idle();
      return passed;
    },
  };
}

/** An updater with a clock of its own, a name at IONOS with its DNS server, and a line whose address the test sets. */
export interface UpdaterFixture {
  readonly updater: Updater;
  readonly clock: TestClock;
  readonly dns: DnsServer;
  readonly provider: IonosStandIn;
  /** The addresses that all sources report; undefined: offline. */
  line: { ipv4: string | undefined; ipv6: string | undefined };
  /** Requests that changed something at the provider. */
  writes(): number;
  reachChecks: number;
  log(): string;
  stateFile: string;
  /** Stops the updater and starts another one with the same state. */
  restart(): Promise<Updater>;
  close(): Promise<void>;
}

export interface UpdaterFixtureOptions {
  readonly isWatchedOnly?: boolean;
  readonly key?: string;
  /** The name servers do not get the records that the provider is sent. */
  readonly isDnsLagging?: boolean;
}

export async function createUpdaterFixture(options: UpdaterFixtureOptions = {}): Promise<UpdaterFixture> {
  const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-ddns-'));
  const stateFile = path.join(directory, 'ddns.json');
  const dns = await createDnsServer({ zones: [ZONE] });
  const provider = await createIonosStandIn({
    zone: ZONE,
    name: NAME,
    key: IONOS_KEY,
    ...(options.isDnsLagging ? {} : { dns }),
  });
  const clock = createTestClock();
  const classify = createAddressClassifier();
  const line: UpdaterFixture['line'] = { ipv4: '8.8.4.4', ipv6: undefined };
  let log = '';
  const logger = createLogger({ service: 'test', destination: { write: (text) => (log += text) } });
  const find = (address: string | undefined) =>
    countVotes(address === undefined ? [] : ['a', 'b'].map((host) => ({ host, address })), classify);
  let reachChecks = 0;

  const start = async (): Promise<Updater> => {
    const settings = { IONOS_TOKEN: options.key ?? IONOS_KEY, IONOS_API_ROOT: provider.apiRoot };
    const client = providers.ionos.create(settings, createDeps());
    const updater = startUpdater({
      name: NAME,
      provider: options.isWatchedOnly ? undefined : { id: 'ionos', client },
      findAddresses: () => Promise.resolve({ ipv4: find(line.ipv4), ipv6: find(line.ipv6) }),
      nameServers: createNameServers({ createResolver: () => createResolver([dns.hostPort]), port: dns.port }),
      checkReach: () => {
        reachChecks += 1;
        return Promise.resolve({ http: 'answered', https: 'answered' });
      },
      readRouterAddress: () => Promise.resolve(null),
      store: await openNameStore(stateFile, 'settings of the test'),
      nextScheduled: (now) => now + 5 * MINUTE,
      clock,
      random: () => 0.5,
      logger,
    });
    await clock.idle();
    return updater;
  };
  let updater = await start();

  return {
    get updater() {
      return updater;
    },
    clock,
    dns,
    provider,
    line,
    stateFile,
    writes: () => provider.requests.filter(({ method }) => method !== 'GET').length,
    get reachChecks() {
      return reachChecks;
    },
    log: () => log,
    restart: async () => {
      await updater.stop();
      updater = await start();
      return updater;
    },
    close: async () => {
      await updater.stop();
      await Promise.all([dns.close(), provider.close()]);
      await rm(directory, { recursive: true });
    },
  };
}

export async function readState(fixture: UpdaterFixture): Promise<string> {
  return readFile(fixture.stateFile, 'utf8');
}
