import { createLogger } from '@linkcast/kit';
import { createDnsServer, createIonosStandIn, type DnsServer, type IonosStandIn } from '@linkcast/testing';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAddressClassifier } from '../../src/address/address-classifier.ts';
import { judgeVotes } from '../../src/address/address-finder.ts';
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

/** A clock that stands still until the test lets time pass; whoever waits goes on when its time has come. */
export interface TestClock extends Clock {
  /** Resolves when somebody waits for a time after now, that is: when everything due has been done. */
  idle(): Promise<void>;
  /** Lets time pass up to the next time that somebody waits for. @returns how many milliseconds that was. */
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
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const mine = { at: now + ms, wake: resolve };
        waiting = mine;
        const leave = (): void => {
          if (waiting === mine) waiting = undefined;
          resolve();
        };
        signal.addEventListener('abort', leave, { once: true });
        onWait();
      }),
    idle,
    step: async () => {
      await idle();
      const next = waiting;
      if (!next) throw new Error('nobody waits');
      const passed = Math.max(next.at - now, 0);
      waiting = undefined;
      now += passed;
      next.wake();
      await idle();
      return passed;
    },
  };
}

/** A name at IONOS with its DNS server, an updater on a clock of its own, and a line whose address the test sets. */
export interface UpdaterHome {
  readonly updater: Updater;
  readonly clock: TestClock;
  readonly dns: DnsServer;
  readonly provider: IonosStandIn;
  /** What all sources say; undefined: offline. */
  line: { ipv4: string | undefined; ipv6: string | undefined };
  /** Requests by which the provider was told something. */
  writes(): number;
  reachChecks: number;
  log(): string;
  stateFile: string;
  /** Stops the updater and starts another one on the same state. */
  restart(): Promise<Updater>;
  close(): Promise<void>;
}

export interface UpdaterHomeOptions {
  readonly isWatchedOnly?: boolean;
  readonly key?: string;
  /** The name servers do not hear of what the provider is told. */
  readonly isDnsLagging?: boolean;
}

export async function createUpdaterHome(options: UpdaterHomeOptions = {}): Promise<UpdaterHome> {
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
  const judge = createAddressClassifier();
  const line: UpdaterHome['line'] = { ipv4: '8.8.4.4', ipv6: undefined };
  let log = '';
  const logger = createLogger({ service: 'test', destination: { write: (text) => (log += text) } });
  const say = (address: string | undefined) =>
    judgeVotes(address === undefined ? [] : ['a', 'b'].map((host) => ({ host, address })), judge);
  let reachChecks = 0;

  const start = async (): Promise<Updater> => {
    const settings = { IONOS_TOKEN: options.key ?? IONOS_KEY, IONOS_API_ROOT: provider.apiRoot };
    const door = providers.ionos.create(settings, createDeps());
    const updater = startUpdater({
      name: NAME,
      provider: options.isWatchedOnly ? undefined : { id: 'ionos', door },
      findAddresses: () => Promise.resolve({ ipv4: say(line.ipv4), ipv6: say(line.ipv6) }),
      nameServers: createNameServers({ createResolver: () => createResolver([dns.hostPort]), port: dns.port }),
      checkReach: () => {
        reachChecks += 1;
        return Promise.resolve({ http: 'answered', https: 'answered' });
      },
      askRouter: () => Promise.resolve(null),
      store: await openNameStore(stateFile, 'settings of the test'),
      nextTick: (now) => now + 5 * MINUTE,
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

export async function readState(home: UpdaterHome): Promise<string> {
  return readFile(home.stateFile, 'utf8');
}
