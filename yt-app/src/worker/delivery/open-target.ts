import type { DeliveryWork } from '@linkcast/contracts';
import { openFtpFolder } from './ftp-folder.ts';
import { openLocalFolder } from './local-folder.ts';
import { openSftpFolder } from './sftp-folder.ts';
import type { TargetFolder } from './target-folder.ts';
import { createTunnel } from './tunnel.ts';

export interface OpenTargetOptions {
  /** DELIVERY_DIR; undefined: it is not set. */
  readonly directory: string | undefined;
  /** Milliseconds without a byte after which a server counts as unreachable. */
  readonly idleMs: number;
  /** Called with the host key or certificate that a server has presented. */
  readonly onPin: (pin: string) => void;
  readonly signal: AbortSignal;
}

/** Opens the target of a delivery. Its folder is closed when the signal is aborted. @throws {Problem} */
export async function openTarget(
  { target, proxyUrl }: Pick<DeliveryWork, 'target' | 'proxyUrl'>,
  { directory, signal, ...options }: OpenTargetOptions,
): Promise<TargetFolder> {
  if (target.kind === 'folder') return openLocalFolder(directory, signal);
  if (proxyUrl === null) throw new Error('a server without a ticket');
  const open = createTunnel({ proxyUrl, host: target.host, signal });
  const openFolder = target.kind === 'sftp' ? openSftpFolder : openFtpFolder;
  return openFolder(target, { open, signal, ...options });
}
