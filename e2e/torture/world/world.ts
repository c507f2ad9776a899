import path from 'node:path';
import { createApiClient, type ApiClient } from '@linkcast/contracts';
import { createTestClock, mountSmallDisk, type SmallDisk, type TestClock } from '@linkcast/testing';
import { runMakeLocal, type LocalRun } from '../../support/local-run.ts';
import type { TortureOptions } from '../options.ts';
import { dataDirectoryOn, installationSettings, people, readSecret, readSecrets } from './installation.ts';
import { createOutside, type Outside } from './outside.ts';
import { findProcesses, type InstallationProcess } from './processes.ts';
import { signIn } from './sign-in.ts';

/** An installation on a small disk, and the outside world that it knows. */
export interface World extends Outside {
  readonly siteUrl: string;
  /** Signs a browser of an owner in. @returns its cookie. */
  signIn(): Promise<string>;
  /** Calls for the owner's scripts. */
  readonly api: ApiClient;
  readonly apiToken: string;
  /** Telegram ids; the first is an owner. */
  readonly people: readonly number[];
  readonly disk: SmallDisk;
  /** Of the installation, on the disk. */
  readonly dataDirectory: string;
  readonly mediaDirectory: string;
  /** The clock of the parts. */
  readonly clock: TestClock;
  /** The contents of the installation's secret files, by name. */
  secrets(): Promise<ReadonlyMap<string, string>>;
  processes(): Promise<InstallationProcess[]>;
  /** Starts the stack again, as its owner does when it has ended. */
  restart(): Promise<void>;
  /** Stops the stack as its owner does. */
  stop(): Promise<void>;
  /** All that the stack has printed. */
  log(): string;
}

/** The smaller one is full after a few minutes. */
const DISK_MEGABYTES = { faults: 600, 'full-disk': 160 } as const;
const DISK_INODES = 20_000;

export async function createWorld({ database, scene }: Pick<TortureOptions, 'database' | 'scene'>): Promise<World> {
  const outside = await createOutside(database);
  const disk = await mountSmallDisk(DISK_MEGABYTES[scene], { inodes: DISK_INODES });
  if (!disk) throw new Error('the disk of the torture can be mounted by root only');
  const clock = await createTestClock();
  const settings = await installationSettings(outside, disk, clock);
  const dataDirectory = dataDirectoryOn(disk);
  const runs: LocalRun[] = [await runMakeLocal(settings)];
  const siteUrl = `http://localhost:${settings['HTTP_PORT'] ?? ''}`;
  const stop = async (): Promise<void> => {
    await runs.at(-1)?.stop();
  };
  const apiToken = await readSecret(dataDirectory, 'api_token');
  const api = createApiClient({ baseUrl: siteUrl, token: apiToken });
  return {
    ...outside,
    ...{ siteUrl, api, apiToken, disk, dataDirectory, clock, people, stop },
    mediaDirectory: path.join(dataDirectory, 'media'),
    signIn: () => signIn(siteUrl, api),
    secrets: async () => new Map([...(await readSecrets(dataDirectory)), ['telegram_token', outside.telegram.token]]),
    processes: () => findProcesses(dataDirectory),
    async restart() {
      runs.push(await runMakeLocal(settings));
    },
    log: () => runs.map((run) => run.output()).join(''),
    async close() {
      await stop();
      await outside.close();
      await clock.close();
      disk.setReadOnly(false);
      await disk.close();
    },
  };
}
