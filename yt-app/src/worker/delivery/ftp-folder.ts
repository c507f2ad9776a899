import { createHash } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket, type ConnectionOptions } from 'node:tls';
import { Problem, type ProblemType, type WorkTarget } from '@linkcast/contracts';
import { Client, FTPError, type FTPContext, type FTPResponse } from 'basic-ftp';
import { pinFault, pinOf } from './host-pin.ts';
import { foldersAbove, type TargetFolder } from './target-folder.ts';
import type { OpenTunnel } from './tunnel.ts';
import type { ServerOptions } from './server-options.ts';

/** Reply codes of RFC 959 and RFC 4217. */
const UNAVAILABLE = 550;
const FULL = [452, 552];
const NO_LOGIN = [331, 332, 430, 530, 532];
const LOST = [421, 425, 426];

/**
 * Connects to an FTP server; as FTPS with TLS on both connections, before the user is named. Data connections are passive, and always to the
 * host of the target: the address that a server names is not used.
 *
 * @throws {Problem} delivery-unconfirmed, delivery-host-key, delivery-login, delivery-unreachable, delivery-refused.
 */
export async function openFtpFolder(target: WorkTarget, options: ServerOptions): Promise<TargetFolder> {
  const { signal } = options;
  const client = new Client(options.idleMs);
  const call = <Result>(run: () => Promise<Result>): Promise<Result> =>
    run().catch((error: unknown) => {
      signal.throwIfAborted();
      throw ftpProblem(error);
    });
  signal.addEventListener('abort', () => client.close(), { once: true });
  await call(() => logIn(client, target, options)).catch((error: unknown) => {
    client.close();
    throw error;
  });
  const sizeOf = (place: string): Promise<number | undefined> =>
    client.size(place).catch((error: unknown) => {
      if (error instanceof FTPError && error.code === UNAVAILABLE) return undefined;
      throw error;
    });

  return {
    makeFolder: (folder) =>
      call(async () => {
        for (const each of foldersAbove(folder)) await client.sendIgnoringError(`MKD ${each}`); // it may be there; the next write says more
      }),
    write: (place, localFile) =>
      call(async () => {
        await client.uploadFrom(localFile, place);
      }),
    size: (place) => call(() => sizeOf(place)),
    digest: (place) =>
      call(async () => {
        const hash = createHash('sha256');
        await client.downloadTo(hash, place);
        return hash.digest('hex');
      }),
    rename: (from, to) =>
      call(async () => {
        if ((await sizeOf(to)) !== undefined) await client.remove(to); // some servers rename over no file
        await client.rename(from, to);
      }),
    remove: (place) =>
      call(async () => {
        if ((await sizeOf(place)) !== undefined) await client.remove(place);
      }),
    close: () => client.close(),
  };
}

async function logIn(
  client: Client,
  { kind, host, port, user, secret, pin }: WorkTarget,
  { open, onPin }: ServerOptions,
): Promise<void> {
  const { ftp } = client;
  let isTrusted = (_socket: TLSSocket): boolean => true;
  client.prepareTransfer = (context) => openData(context, { open, isTrusted: (socket) => isTrusted(socket) });
  ftp.socket = await open(port);
  await greeting(ftp);
  if (kind === 'ftps') {
    const named: ConnectionOptions = isIP(host) === 0 ? { servername: host } : {};
    await client.useTLS({ host, ...named, rejectUnauthorized: false }); // decided here, with the pin
    const control = ftp.socket;
    if (!(control instanceof TLSSocket)) throw new Error('not upgraded to TLS');
    const presented = pinOf(control.getPeerCertificate().raw);
    onPin(presented);
    const fault = pin === null && control.authorized ? undefined : pinFault(presented, pin);
    if (fault) throw fault;
    isTrusted = (socket) => socket.isSessionReused() || pinOf(socket.getPeerCertificate().raw) === presented;
  }
  await client.sendIgnoringError('OPTS UTF8 ON');
  await client.login(user, secret);
  await client.useDefaultSettings();
}

/** The first reply of the server. */
async function greeting(ftp: FTPContext): Promise<void> {
  await ftp.handle(undefined, (reply, task) => {
    if (reply instanceof Error) task.reject(reply);
    else if (reply.code >= 200 && reply.code < 300) task.resolve(reply);
    else task.reject(new FTPError(reply));
  });
}

interface DataOptions {
  readonly open: OpenTunnel;
  readonly isTrusted: (socket: TLSSocket) => boolean;
}

async function openData(ftp: FTPContext, { open, isTrusted }: DataOptions): Promise<FTPResponse> {
  const { reply, port } = await passivePort(ftp);
  const socket = await open(port);
  ftp.dataSocket = ftp.socket instanceof TLSSocket ? secured(socket, ftp, isTrusted) : socket;
  return reply;
}

/** Servers expect the session of the control connection: nobody else can then have taken the port. */
function secured(socket: Socket, ftp: FTPContext, isTrusted: DataOptions['isTrusted']): TLSSocket {
  const session = ftp.tlsSessionStore ?? (ftp.socket as TLSSocket).getSession(); // only called for one
  const secure = connectTls({ ...ftp.tlsOptions, socket, ...(session && { session }) });
  secure.on('session', (next) => void (ftp.tlsSessionStore = next));
  secure.once('secureConnect', () => {
    if (!isTrusted(secure)) secure.destroy(new Error('the data connection has another certificate'));
  });
  return secure;
}

/** Of the reply to PASV only the port counts. */
async function passivePort(ftp: FTPContext): Promise<{ reply: FTPResponse; port: number }> {
  const extended = await ftp.request('EPSV').catch((error: unknown) => {
    if (error instanceof FTPError && error.code >= 500) return undefined;
    throw error;
  });
  const [, single] = /[|!]{3}(\d{1,5})[|!]/.exec(extended?.message ?? '') ?? [];
  if (extended && single !== undefined) return { reply: extended, port: Number(single) };
  const reply = await ftp.request('PASV');
  const [, high, low] = /\d{1,3}(?:,\d{1,3}){3},(\d{1,3}),(\d{1,3})/.exec(reply.message) ?? [];
  if (high === undefined || low === undefined) throw new Problem('delivery-refused');
  return { reply, port: (Number(high) & 255) * 256 + (Number(low) & 255) };
}

function ftpProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(error instanceof FTPError ? typeOf(error.code) : 'delivery-unreachable', {}, { cause: error });
}

function typeOf(code: number): ProblemType {
  if (FULL.includes(code)) return 'delivery-full';
  if (NO_LOGIN.includes(code)) return 'delivery-login';
  return LOST.includes(code) ? 'delivery-unreachable' : 'delivery-refused';
}
