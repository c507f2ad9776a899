import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApiClient } from '@linkcast/contracts';
import { findFreePort, until } from '@linkcast/testing';
import { createOutsideWorld } from './outside-world.ts';
import { readSignInLink, type Stack } from './stack.ts';

const PORTS = ['YT_APP_PORT', 'ICECAST_PORT', 'STATION_PORT', 'DDNS_PORT', 'CERTBOT_PORT', 'EGRESS_PORT'] as const;
const ROOT = path.resolve(import.meta.dirname, '../..');

export interface LocalStackOptions {
  readonly httpPort: number;
  readonly httpsPort: number;
  /** On top of those that every stack has. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface LocalStack extends Stack {
  /** Of make; everything else of the stack is below it. */
  readonly pid: number;
}

/** `make local`, as a person starts it, in a data directory and on ports of its own. */
export async function startLocalStack({
  httpPort,
  httpsPort,
  settings: more = {},
}: LocalStackOptions): Promise<LocalStack> {
  const world = await createOutsideWorld('127.0.0.1');
  const data = await mkdtemp(path.join(tmpdir(), 'linkcast-local-'));
  const settings: Record<string, string> = {
    DATA_DIR: data,
    HTTP_PORT: String(httpPort),
    HTTPS_PORT: String(httpsPort),
    ALLOW_PRIVATE_SOURCES: world.origin.hostPort,
    TELEGRAM_TOKEN: world.telegram.token,
    TELEGRAM_API_ROOT: world.telegram.url,
    ...more,
  };
  for (const name of PORTS) settings[name] = String(await findFreePort());
  const make = spawn('make', ['local'], {
    cwd: ROOT,
    env: { ...process.env, CI: 'true', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [make.stdout, make.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const localUrl = `http://localhost:${httpPort}`;
  const siteUrl = settings['SITE_URL'] ?? localUrl;
  const secret = (name: string): Promise<string> => readFile(path.join(data, 'secrets', name), 'utf8');
  const stop = async (): Promise<void> => {
    if (make.exitCode !== null) return;
    const exited = once(make, 'exit');
    process.kill(-(make.pid ?? 0), 'SIGINT'); // as Ctrl-C does: the whole foreground group
    await exited;
  };
  try {
    await until(() => output.includes(`Linkcast is running: ${siteUrl}`) && output.includes('/sign-in#'), 120);
  } catch (error) {
    await stop();
    throw new Error(output, { cause: error });
  }
  return {
    pid: make.pid ?? 0, // it runs
    siteUrl,
    api: createApiClient({ baseUrl: localUrl, token: await secret('api_token') }),
    origin: world.origin,
    telegram: world.telegram,
    ownerCode: await secret('owner_code'),
    signInLink: readSignInLink(output),
    log: () => Promise.resolve(output),
    close: async () => {
      await stop();
      await world.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}
