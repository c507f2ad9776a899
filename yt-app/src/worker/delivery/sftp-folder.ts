import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { Problem, type ProblemType, type WorkTarget } from '@linkcast/contracts';
import ssh2, { type ClientErrorExtensions, type SFTPWrapper } from 'ssh2';
import { pinFault, pinOf } from './host-pin.ts';
import { readAhead } from './sftp-reads.ts';
import { foldersAbove, type TargetFolder } from './target-folder.ts';
import type { ServerOptions } from './server-options.ts';

/** The status codes of SFTP, version 3. */
const NO_SUCH_FILE = 2;
const LOST = [6, 7];

/**
 * Connects to an SFTP server. Its host key is compared before the user is named.
 *
 * @throws {Problem} delivery-unconfirmed, delivery-host-key, delivery-login, delivery-unreachable, delivery-refused.
 */
export async function openSftpFolder(target: WorkTarget, options: ServerOptions): Promise<TargetFolder> {
  const { client, sftp } = await connect(target, options).catch((error: unknown) => {
    options.signal.throwIfAborted();
    throw sftpProblem(error);
  });
  const call = <Result>(run: () => Promise<Result>): Promise<Result> =>
    run().catch((error: unknown) => {
      options.signal.throwIfAborted();
      throw sftpProblem(error);
    });
  const sizeOf = async (place: string): Promise<number | undefined> => {
    try {
      return (await promisify(sftp.stat.bind(sftp))(place)).size;
    } catch (error) {
      if (codeOf(error) === NO_SUCH_FILE) return undefined;
      throw error;
    }
  };

  return {
    makeFolder: (folder) => call(() => makeFolders(sftp, foldersAbove(folder))),
    write: (place, localFile) =>
      call(
        () =>
          new Promise((resolve, reject) => {
            sftp.once('close', () => reject(new Error('connection closed')));
            sftp.fastPut(localFile, place, (error) => (error ? reject(error) : resolve()));
          }),
      ),
    size: (place) => call(() => sizeOf(place)),
    digest: (place) =>
      call(async () => {
        const hash = createHash('sha256');
        for await (const chunk of readAhead(sftp, place)) hash.update(chunk);
        return hash.digest('hex');
      }),
    rename: (from, to) => call(() => renameOver(sftp, from, to)),
    remove: (place) =>
      call(async () => {
        if ((await sizeOf(place)) !== undefined) await promisify(sftp.unlink.bind(sftp))(place);
      }),
    close: () => void client.destroy(),
  };
}

async function connect(
  { port, user, secret, pin }: WorkTarget,
  { open, onPin, idleMs, signal }: ServerOptions,
): Promise<{ client: ssh2.Client; sftp: SFTPWrapper }> {
  const sock = await open(port);
  sock.setTimeout(idleMs, () => sock.destroy(new Error('nothing came for too long')));
  signal.addEventListener('abort', () => sock.destroy(), { once: true });
  const client = new ssh2.Client();
  client.on('error', () => sock.destroy()); // also after the connection stands: what waits for it fails
  let fault: Problem | undefined;
  client.on('keyboard-interactive', (_name, _text, _language, prompts, finish) => finish(prompts.map(() => secret)));
  const isKey = secret.trimStart().startsWith('-----BEGIN');
  const closed = once(sock, 'close').then(() => Promise.reject(new Error('connection closed')));
  closed.catch(() => undefined); // it closes in the end
  try {
    client.connect({
      ...{ sock, username: user, readyTimeout: idleMs },
      ...(isKey ? { privateKey: secret } : { password: secret, tryKeyboard: true }),
      hostVerifier: (key: Buffer) => {
        onPin(pinOf(key));
        fault = pinFault(pinOf(key), pin);
        return fault === undefined;
      },
    });
    await Promise.race([once(client, 'ready'), closed]);
    return { client, sftp: await Promise.race([promisify(client.sftp.bind(client))(), closed]) };
  } catch (error) {
    client.destroy();
    sock.destroy();
    throw fault ?? (isBadKey(error, isKey) ? new Problem('delivery-login', {}, { cause: error }) : error);
  }
}

/** ssh2 throws at once when it cannot read a private key. */
function isBadKey(error: unknown, isKey: boolean): boolean {
  return isKey && error instanceof Error && error.message.includes('privateKey');
}

async function makeFolders(sftp: SFTPWrapper, folders: readonly string[]): Promise<void> {
  const [stat, mkdir] = [promisify(sftp.stat.bind(sftp)), promisify<string>(sftp.mkdir.bind(sftp))];
  for (const folder of folders) {
    const found = await stat(folder).catch(() => undefined); // the next call says why
    if (!found?.isDirectory()) await mkdir(folder);
  }
}

/** Servers other than OpenSSH do not rename over a file. */
async function renameOver(sftp: SFTPWrapper, from: string, to: string): Promise<void> {
  try {
    await promisify<string, string>(sftp.ext_openssh_rename.bind(sftp))(from, to);
  } catch {
    await promisify<string>(sftp.unlink.bind(sftp))(to).catch(() => undefined); // there may be none
    await promisify<string, string>(sftp.rename.bind(sftp))(from, to);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function sftpProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { level } = error as Error & ClientErrorExtensions; // ssh2 throws these
  const code = codeOf(error);
  const isStatus = typeof code === 'number' && !LOST.includes(code);
  const type: ProblemType =
    level === 'client-authentication' ? 'delivery-login' : isStatus ? 'delivery-refused' : 'delivery-unreachable';
  return new Problem(type, {}, { cause: error });
}
