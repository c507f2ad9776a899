import { execFileSync, spawn } from 'node:child_process';
import { X509Certificate, createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { findFreePort } from '../network/free-port.ts';
import { until } from '../until.ts';
import { isListening } from './sftp-server.ts';

/** A real ProFTPD on 127.0.0.1, which serves one folder to one user; with TLS only, or without. */
export interface FtpServer {
  readonly port: number;
  /** `host:port` of its connections, as ALLOW_PRIVATE_SOURCES has them. */
  readonly hostPorts: readonly string[];
  readonly user: string;
  readonly password: string;
  /** The folder with what it has received. */
  readonly folder: string;
  /** The SHA-256 of its certificate, which no authority has signed. */
  readonly pin: string;
  log(): string;
  close(): Promise<void>;
}

export interface FtpServerOptions {
  readonly isSecure: boolean;
  /** The address that it names for data connections. Default: its own. */
  readonly namedAddress?: string;
}

const [USER, PASSWORD] = ['somebody', 'p4ss of somebody'];
const PASSIVE_PORTS = 4;

export async function startFtpServer(options: FtpServerOptions): Promise<FtpServer> {
  const root = await mkdtemp(path.join(tmpdir(), 'linkcast-ftp-'));
  const folder = path.join(root, 'folder');
  await mkdir(folder);
  const [port, passive] = [await findFreePort(), await findFreePort()];
  const pin = await makeCertificate(root);
  await writePasswords(root, folder);
  const settings = path.join(root, 'proftpd.conf');
  await writeFile(settings, configuration({ ...options, root, port, passive }));
  const child = spawn('/usr/sbin/proftpd', ['-n', '-q', '-c', settings], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await until(() => isListening(port)).catch((error: unknown) => {
    throw new Error(`proftpd: ${log}`, { cause: error });
  });
  const ports = [port, ...Array.from({ length: PASSIVE_PORTS }, (_each, index) => passive + index)];
  return {
    ...{ port, folder, pin, user: USER, password: PASSWORD },
    hostPorts: ports.map((each) => `127.0.0.1:${each}`),
    log: () => log,
    async close() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function makeCertificate(root: string): Promise<string> {
  const [key, certificate] = [path.join(root, 'key.pem'), path.join(root, 'certificate.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=ftp.test'];
  execFileSync('openssl', ['req', '-x509', ...kind, '-days', '2', '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  const { raw } = new X509Certificate(await readFile(certificate));
  return `SHA256:${createHash('sha256').update(raw).digest('base64').replace('=', '')}`;
}

async function writePasswords(root: string, folder: string): Promise<void> {
  const hash = execFileSync('openssl', ['passwd', '-6', '-stdin'], { input: PASSWORD, encoding: 'utf8' }).trim();
  const { uid, gid } = userInfo();
  const line = `${USER}:${hash}:${uid}:${gid}::${folder}:/bin/sh\n`;
  await writeFile(path.join(root, 'passwords'), line, { mode: 0o600 });
}

function configuration(options: FtpServerOptions & { root: string; port: number; passive: number }): string {
  const { root, port, passive, isSecure, namedAddress } = options;
  const { username, gid } = userInfo();
  const group = execFileSync('getent', ['group', String(gid)], { encoding: 'utf8' }).split(':')[0] ?? '';
  return `ServerName test
ServerType standalone
DefaultServer on
DefaultAddress 127.0.0.1
SocketBindTight on
UseIPv6 off
Port ${port}
PassivePorts ${passive} ${passive + PASSIVE_PORTS - 1}
${namedAddress === undefined ? '' : `MasqueradeAddress ${namedAddress}`}
User ${username}
Group ${group}
RootLogin on
RequireValidShell off
AuthUserFile ${root}/passwords
AuthOrder mod_auth_file.c
PidFile ${root}/pid
ScoreboardFile ${root}/scoreboard
DelayTable none
SystemLog ${root}/log
TransferLog none
WtmpLog off
AllowOverwrite on
ModulePath /usr/lib/proftpd
LoadModule mod_tls.c
<IfModule mod_tls.c>
  TLSEngine ${isSecure ? 'on' : 'off'}
  TLSRequired ${isSecure ? 'on' : 'off'}
  TLSECCertificateFile ${root}/certificate.pem
  TLSECCertificateKeyFile ${root}/key.pem
</IfModule>
`;
}
