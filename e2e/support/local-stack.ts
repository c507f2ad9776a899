import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApiClient, localPortSettings } from '@linkcast/contracts';
import { findFreePort } from '@linkcast/testing';
import { runMake, runMakeLocal } from './local-run.ts';
import { createOutsideWorld } from './outside-world.ts';
import { readSignInLink, type Stack } from './stack.ts';

export interface LocalStackOptions {
  readonly httpPort: number;
  readonly httpsPort: number;
  /** On top of those that every stack has. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A data directory that stays after the end. Default: a new one that does not. */
  readonly dataDir?: string;
}

export interface LocalStack extends Stack {
  /** Of make; everything else of the stack is below it. */
  readonly pid: number;
  /** Runs another target of make with the settings of the stack. @returns all that it has printed */
  make(target: string, variables?: Readonly<Record<string, string>>): Promise<string>;
  /** Ends the stack, as Ctrl-C does. Its data and the outside world stay. */
  stop(): Promise<void>;
}

/** `make local`, as a person starts it, in a data directory and on ports of its own. */
export async function startLocalStack({
  httpPort,
  httpsPort,
  settings: more = {},
  dataDir,
}: LocalStackOptions): Promise<LocalStack> {
  const world = await createOutsideWorld('127.0.0.1');
  const data = dataDir ?? (await mkdtemp(path.join(tmpdir(), 'linkcast-local-')));
  const settings: Record<string, string> = {
    DATA_DIR: data,
    ALLOW_PRIVATE_SOURCES: world.origin.hostPort,
    YTDLP_CHANNEL: 'pinned',
    TELEGRAM_TOKEN: world.telegram.token,
    TELEGRAM_API_ROOT: world.telegram.url,
    ...more,
  };
  for (const name of localPortSettings) settings[name] = String(await findFreePort());
  Object.assign(settings, { HTTP_PORT: String(httpPort), HTTPS_PORT: String(httpsPort) });
  const run = await runMakeLocal(settings);
  const localUrl = `http://localhost:${httpPort}`;
  const secret = (name: string): Promise<string> => readFile(path.join(data, 'secrets', name), 'utf8');
  return {
    pid: run.pid,
    siteUrl: settings['SITE_URL'] ?? localUrl,
    api: createApiClient({ baseUrl: localUrl, token: await secret('api_token') }),
    origin: world.origin,
    telegram: world.telegram,
    ownerCode: await secret('owner_code'),
    signInLink: readSignInLink(run.output()),
    log: () => Promise.resolve(run.output()),
    make: (target, variables = {}) => runMake(target, { ...settings, ...variables }),
    stop: () => run.stop(),
    close: async () => {
      await run.stop();
      await world.close();
      if (dataDir === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}
