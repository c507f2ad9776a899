import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { portOf } from '@linkcast/testing';

const SECRET = 'the owner’s token';

/** A job's directory, and everything that it must not reach. */
export interface RunContext {
  readonly job: string;
  readonly readable: string;
  /** Paths, ports and process ids, for the program that tries to reach them. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** Connections and datagrams that arrived at the servers around the job. */
  readonly arrived: () => number;
  /** The content of all files outside of the job's directory, as one text. */
  readonly outside: () => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function createRunContext(): Promise<RunContext> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'sandbox-'));
  const inRoot = (name: string): string => path.join(root, name);
  for (const folder of ['job', 'item', 'outside']) await mkdir(inRoot(folder));
  for (const file of ['job/own', 'outside/secret', 'outside/database', 'outside/info', 'outside/truncated'])
    await writeFile(inRoot(file), SECRET, { mode: 0o600 });
  for (const file of ['item/index.m3u8', 'item/segment']) await writeFile(inRoot(file), SECRET);
  const servers = await startServers(inRoot('outside/socket'));
  const victim = spawn('sleep', ['600'], { env: { PATH: '/usr/bin:/bin', SECRET } });
  await once(victim, 'spawn');
  return {
    job: inRoot('job'),
    readable: inRoot('outside/info'),
    facts: {
      job: inRoot('job'),
      outside: inRoot('outside'),
      otherItem: inRoot('item'),
      secret: inRoot('outside/secret'),
      database: inRoot('outside/database'),
      readable: inRoot('outside/info'),
      truncated: inRoot('outside/truncated'),
      parent: process.pid,
      victim: victim.pid ?? 0,
      ...servers.addresses,
    },
    arrived: servers.arrived,
    outside: () => readAll(root, ['item', 'outside']),
    async close() {
      victim.kill('SIGKILL');
      servers.close();
      await rm(root, { recursive: true });
    },
  };
}

async function startServers(unixSocket: string) {
  let arrived = 0;
  const abstractSocket = `linkcast-${process.pid}-${path.basename(path.dirname(path.dirname(unixSocket)))}`;
  const count = (): void => void (arrived += 1);
  const listening = [
    net.createServer(count).listen(0, '127.0.0.1'),
    net.createServer(count).listen(unixSocket),
    net.createServer(count).listen(`\0${abstractSocket}`),
  ];
  const udp = dgram.createSocket('udp4', count).bind(0, '127.0.0.1');
  await Promise.all([...listening, udp].map((server) => once(server, 'listening')));
  const [tcp = net.createServer()] = listening;
  return {
    addresses: { tcpPort: portOf(tcp), udpPort: udp.address().port, unixSocket, abstractSocket },
    arrived: () => arrived,
    close: () => {
      for (const server of listening) server.close();
      udp.close();
    },
  };
}

async function readAll(root: string, folders: readonly string[]): Promise<string> {
  const texts: string[] = [];
  for (const folder of folders)
    for (const name of (await readdir(path.join(root, folder))).toSorted())
      texts.push(`${folder}/${name}: ${await readFile(path.join(root, folder, name), 'utf8').catch(String)}`);
  return texts.join('\n');
}
