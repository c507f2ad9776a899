import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createApiClient, databasePasswordFile, secretFiles, serviceKeyFiles } from '@linkcast/contracts';
import { readIfThere } from '@linkcast/kit';
import { createOutsideWorld } from './outside-world.ts';
import { readSignInLink, type Stack } from './stack.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
/** `make up` remembers there what a later `docker compose up` must know; a test leaves it as it was. */
const DOT_ENV = path.join(ROOT, '.env');
const MAX_OUTPUT_BYTES = 32e6;

export interface ComposeStack extends Stack {
  /** `docker compose` with the stack's own settings; gives what it printed. */
  compose(...args: string[]): Promise<string>;
  /** `make` with them. */
  make(target: string, ...variables: string[]): Promise<string>;
  /** `docker` itself; gives what it printed. */
  docker(...args: string[]): Promise<string>;
  /** The secrets that are set, by the names of their files. */
  secrets(): Promise<ReadonlyMap<string, string>>;
}

export interface ComposeStackOptions {
  readonly httpPort: number;
  readonly httpsPort: number;
  /** On top of those that every stack has. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** `make up`, as a person starts it, under a project name of its own. The outside world is on the engine's bridge. */
export async function startComposeStack(options: ComposeStackOptions): Promise<ComposeStack> {
  const world = await createOutsideWorld(await bridgeAddress());
  const data = await mkdtemp(path.join(tmpdir(), 'linkcast-compose-'));
  const settings: Record<string, string> = {
    COMPOSE_PROJECT_NAME: 'linkcast-test',
    HTTP_PORT: String(options.httpPort),
    HTTPS_PORT: String(options.httpsPort),
    DATA_DIR: data,
    ALLOW_PRIVATE_SOURCES: world.origin.hostPort,
    YTDLP_CHANNEL: 'pinned',
    HOST_CONCURRENCY: '0', // all sources of the tests are of one host
    TELEGRAM_TOKEN: world.telegram.token,
    TELEGRAM_API_ROOT: world.telegram.url,
    ...(await baseImage()),
    ...options.settings,
  };
  const inRoot = async (program: string, args: readonly string[]): Promise<string> => {
    const { stdout, stderr } = await run(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...settings },
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    return stdout + stderr;
  };
  const compose = (...args: string[]): Promise<string> => inRoot('docker', ['compose', '--ansi', 'never', ...args]);
  const secret = (name: string): Promise<string> => readFile(path.join(data, 'secrets', name), 'utf8');
  const secrets = async (): Promise<ReadonlyMap<string, string>> => {
    const names = [...Object.values(secretFiles), ...Object.values(serviceKeyFiles), databasePasswordFile];
    const values = await Promise.all(names.map(async (name) => [name, (await secret(name)).trim()] as const));
    return new Map(values.filter(([, value]) => value !== ''));
  };
  const dotEnv = await readIfThere(DOT_ENV);
  const close = async (): Promise<void> => {
    await compose('down', '--volumes', '--timeout', '20');
    await world.close();
    await rm(data, { recursive: true, force: true });
    await (dotEnv === undefined ? rm(DOT_ENV, { force: true }) : writeFile(DOT_ENV, dotEnv));
  };
  let printed = '';
  try {
    printed = await inRoot('make', ['up']);
  } catch (error) {
    const log = await compose('logs', '--tail', '50');
    await close();
    throw new Error(log, { cause: error });
  }
  const localUrl = `http://localhost:${options.httpPort}`;
  return {
    siteUrl: settings['SITE_URL'] ?? localUrl,
    api: createApiClient({ baseUrl: localUrl, token: await secret('api_token') }),
    origin: world.origin,
    telegram: world.telegram,
    ownerCode: await secret('owner_code'),
    signInLink: readSignInLink(printed),
    compose,
    make: (target, ...variables) => inRoot('make', [target, ...variables]),
    docker: (...args) => inRoot('docker', args),
    secrets,
    log: () => compose('logs'),
    close,
  };
}

/** Settings of a stack that brings a PostgreSQL server: of Debian, where the official image cannot be had. Builds its image. */
export async function postgresSettings(): Promise<Record<string, string>> {
  const image = 'linkcast-test/postgres';
  await run('docker', ['build', '--quiet', '--tag', image, path.join(ROOT, 'e2e/postgres-image')]);
  return { COMPOSE_PROFILES: 'postgres', POSTGRES_IMAGE: image };
}

/** An engine that has the base image without a digest of a registry gets it by its tag: where there is no registry, it was made here. */
async function baseImage(): Promise<Record<string, string>> {
  const tag = 'node:24-trixie-slim';
  const asked = run('docker', ['image', 'inspect', '--format', '{{len .RepoDigests}}', tag]);
  return asked.then(
    ({ stdout }) => (stdout.trim() === '0' ? { NODE_IMAGE: tag } : {}),
    () => ({}), // it is not there: the engine pulls the one of the Dockerfiles
  );
}

/** This machine's address on the engine's own network, the first of its subnet, where containers reach it. */
export async function bridgeAddress(): Promise<string> {
  const format = '{{(index .IPAM.Config 0).Subnet}}';
  const { stdout } = await run('docker', ['network', 'inspect', 'bridge', '--format', format]);
  return stdout.trim().replace(/\.0\/\d+$/, '.1');
}
