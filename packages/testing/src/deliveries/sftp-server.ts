import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { findFreePort } from '../network/free-port.ts';
import { until } from '../until.ts';

/** A real OpenSSH server on 127.0.0.1, which serves one folder by SFTP to the user of the tests. */
export interface SftpServer {
  readonly port: number;
  readonly user: string;
  /** The private key that it accepts. */
  readonly key: string;
  /** A private key that it does not know. */
  readonly strangeKey: string;
  /** The folder with what it has received. */
  readonly folder: string;
  /** The fingerprint of its host key, as `ssh-keygen` prints it. */
  pin(): string;
  /** Starts it again on the same port with another host key. */
  changeHostKey(): Promise<void>;
  log(): string;
  close(): Promise<void>;
}

export async function startSftpServer(): Promise<SftpServer> {
  const root = await mkdtemp(path.join(tmpdir(), 'linkcast-sftp-'));
  const folder = path.join(root, 'folder');
  await mkdir(folder);
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 }); // sshd of root wants it
  const port = await findFreePort();
  for (const name of ['user', 'stranger']) makeKey(path.join(root, name));
  let log = '';
  let hostKey = '';
  let child: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  };
  const start = async (): Promise<void> => {
    hostKey = path.join(root, `host-${Date.now()}`);
    makeKey(hostKey);
    const settings = path.join(root, 'sshd_config');
    await writeFile(settings, configuration({ port, hostKey, root, folder }));
    child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', settings], { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
    await until(() => isListening(port));
  };
  await start();
  return {
    port,
    folder,
    user: userInfo().username,
    key: await readFile(path.join(root, 'user'), 'utf8'),
    strangeKey: await readFile(path.join(root, 'stranger'), 'utf8'),
    pin: () => execFileSync('ssh-keygen', ['-lf', `${hostKey}.pub`], { encoding: 'utf8' }).split(' ')[1] ?? '',
    async changeHostKey() {
      await stop();
      await start();
    },
    log: () => log,
    async close() {
      await stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function makeKey(file: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
}

function configuration(options: { port: number; hostKey: string; root: string; folder: string }): string {
  return `ListenAddress 127.0.0.1:${options.port}
HostKey ${options.hostKey}
AuthorizedKeysFile ${options.root}/user.pub
PidFile none
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication yes
LogLevel VERBOSE
Subsystem sftp internal-sftp -d ${options.folder}
`;
}

/** Reports whether a program listens on a port of 127.0.0.1. */
export async function isListening(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } finally {
    socket.destroy();
  }
}
