import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** An address of a private network (10.0.0.0/8) that this machine answers on; only root may add it. */
export interface PrivateAddress {
  readonly address: string;
  remove(): Promise<void>;
}

export async function addPrivateAddress(): Promise<PrivateAddress> {
  const address = ['10', randomInt(1, 255), randomInt(1, 255), randomInt(1, 255)].join('.');
  await run('ip', ['address', 'add', `${address}/32`, 'dev', 'lo']);
  return {
    address,
    async remove() {
      await run('ip', ['address', 'del', `${address}/32`, 'dev', 'lo']);
    },
  };
}
