import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chown, glob, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '../network/free-port.ts';
import { until } from '../until.ts';

/** A real PostgreSQL (Debian's package) on loopback, in a temporary folder. */
export interface PostgresServer {
  /** Makes an empty database, or a copy of this one, which nobody may have open. @returns its URL. */
  createDatabase(original?: string): Promise<string>;
  /** Ends it at once and loses nothing that was committed. */
  kill(): Promise<void>;
  /** After {@link kill}: it is back at the same address. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const run = promisify(execFile);
const BINARIES = '/usr/lib/postgresql/*/bin';
const SUPERUSER = 'linkcast';
const START_SECONDS = 20;
/** Ids of Debian's user nobody. PostgreSQL refuses to run as root. */
const NOBODY = { uid: 65_534, gid: 65_534 } as const;

/** Starts the server. Nothing but the machine's own users can reach it. */
export async function startPostgres(): Promise<PostgresServer> {
  const binaries = await newestBinaries();
  const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-postgres-'));
  const identity = process.getuid?.() === 0 ? NOBODY : {};
  if (identity === NOBODY) await chown(directory, NOBODY.uid, NOBODY.gid);
  const options = { ...identity, cwd: directory, env: { PATH: binaries, LC_ALL: 'C.UTF-8', PGUSER: SUPERUSER } };
  const data = path.join(directory, 'data');
  await run(path.join(binaries, 'initdb'), ['-A', 'trust', '-U', SUPERUSER, '--no-sync', '-E', 'UTF8', data], options);
  const port = String(await findFreePort());
  const connection = ['-h', '127.0.0.1', '-p', port];
  let server: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${directory}`, 'fsync=off'];
    const flags = settings.flatMap((setting) => ['-c', setting]);
    server = spawn(path.join(binaries, 'postgres'), ['-D', data, '-p', port, ...flags], {
      ...options,
      stdio: 'ignore',
    });
    await until(() => run(path.join(binaries, 'pg_isready'), connection, options), START_SECONDS);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = server;
    server = undefined;
    if (!running) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  };
  await start();

  return {
    async createDatabase(original) {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      const template = original === undefined ? [] : ['-T', new URL(original).pathname.slice(1)];
      await run(path.join(binaries, 'createdb'), [...connection, ...template, name], options);
      return `postgres://${SUPERUSER}@127.0.0.1:${port}/${name}`;
    },
    kill: () => end('SIGQUIT'), // the server's own name for it: SIGKILL would leave its children
    start,
    async close() {
      await end('SIGINT');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function newestBinaries(): Promise<string> {
  const found: string[] = [];
  for await (const directory of glob(BINARIES)) found.push(directory);
  const [newest] = found.toSorted((one, other) => versionOf(other) - versionOf(one));
  if (newest === undefined) throw new Error('PostgreSQL is missing: install the package postgresql');
  return newest;
}

function versionOf(binaries: string): number {
  return Number(path.basename(path.dirname(binaries)));
}
