import type { NameStatus } from '@linkcast/contracts';
import { message, worded } from '@linkcast/texts';
import type { Check, Logger, Stoppable } from '@linkcast/kit';
import { Cron } from 'croner';
import { scryptSync } from 'node:crypto';
import { createAddressClassifier } from '../address/address-classifier.ts';
import { createAddressFinder } from '../address/address-finder.ts';
import { parseAddressSource } from '../address/address-source.ts';
import { readRouterAddress } from '../address/router-address.ts';
import { createChallengeRecords, type ChallengeRecords } from '../challenges/challenge-records.ts';
import type { DdnsConfig } from '../config.ts';
import { createNameServers } from '../dns/name-servers.ts';
import { createResolver } from '../dns/resolver.ts';
import { openNameStore, type NameStore } from '../name/name-store.ts';
import { startUpdater, type Updater } from '../name/updater.ts';
import type { NameProvider } from '../providers/provider.ts';
import { providers } from '../providers/providers.ts';
import { createReachCheck, publicPorts } from '../reach/reach-check.ts';
import { systemClock } from '../time/clock.ts';

/** The updater of one name, and the challenge records at it. */
export interface NameService extends Stoppable {
  readonly challenges: ChallengeRecords;
  status(): NameStatus;
  checks(): readonly Check[];
}

export interface NameServiceOptions {
  readonly config: DdnsConfig;
  readonly name: string;
  readonly stateFile: string;
  readonly logger: Logger;
}

/** Builds the parts from the settings and starts the updater. */
export async function startNameService({ config, name, stateFile, logger }: NameServiceOptions): Promise<NameService> {
  const newResolver = () => createResolver(config.DNS_SERVERS);
  const nameServers = createNameServers({ createResolver: newResolver, port: config.NAMESERVER_PORT });
  const store = await openNameStore(stateFile, fingerprint(config));
  const provider = createProvider(config, store);
  const router = config.ROUTER_ADDRESS;
  const updater = startUpdater({
    name,
    provider,
    findAddresses: createAddressFinder({
      sources: config.DDNS_SOURCES.flatMap((text) => parseAddressSource(text, newResolver) ?? []),
      classify: createAddressClassifier(config.DDNS_ALLOW_RANGES),
      hasIpv6: config.DDNS_IPV6 === 'auto',
    }),
    nameServers,
    checkReach: createReachCheck({ name, mark: config.INSTALLATION_MARK, ports: publicPorts(config.SITE_URL) }),
    readRouterAddress: async (signal) => (router === undefined ? null : readRouterAddress({ router, signal })),
    store,
    nextScheduled: createSchedule(config.DDNS_SCHEDULE),
    clock: systemClock,
    random: Math.random,
    logger,
  });
  return {
    challenges: createChallengeRecords({ name, provider: provider?.client, nameServers, clock: systemClock, logger }),
    status: () => updater.status(),
    checks: () => checksOf(updater),
    stop: () => updater.stop(),
  };
}

/** The wait of a schedule whose last time has passed. */
const LONGEST_WAIT_MS = 86_400_000;

function createSchedule(pattern: string): (now: number) => number {
  const cron = new Cron(pattern, { paused: true });
  return (now) => cron.nextRun(new Date(now))?.getTime() ?? now + LONGEST_WAIT_MS;
}

function createProvider(config: DdnsConfig, store: NameStore): { id: string; client: NameProvider } | undefined {
  const id = config.DDNS_PROVIDER;
  if (id === 'off') return undefined;
  const memory = {
    get: (key: string) => store.state.notes[key],
    set: (key: string, value: string) => store.save({ notes: { ...store.state.notes, [key]: value } }),
  };
  return { id, client: providers[id].create(config, { ttlSeconds: config.DDNS_TTL, memory }) };
}

/**
 * Identifies the settings: a state of other settings (a refused key, a pause) does not count. scrypt is slow, so that no
 * password can be guessed from it.
 */
function fingerprint(config: DdnsConfig): string {
  const settings = config.DDNS_PROVIDER === 'off' ? [] : Object.keys(providers[config.DDNS_PROVIDER].settings);
  const values = Object.entries(config).filter(([setting]) => settings.includes(setting));
  const text = JSON.stringify([config.DOMAIN_NAME, config.DDNS_PROVIDER, values]);
  return scryptSync(`ddns settings ${text}`, config.INSTALLATION_MARK, 32).toString('hex');
}

function checksOf(updater: Updater): Check[] {
  const { name, addresses } = updater.status();
  const { address, record } = updater.faults();
  const found = addresses.flatMap((one) => one.public ?? []);
  const right = message('name-right', { name: name ?? '', addresses: found });
  return [
    { name: 'public address', ok: address === undefined, detail: address?.sentence ?? found.join(', ') },
    { name: 'name', ok: record === undefined, detail: (record ?? worded(right)).sentence },
  ];
}
