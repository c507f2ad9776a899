import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { cachedFolder } from '@linkcast/testing';
import { minimalEnvironment } from '../../src/programs/program-environment.ts';
import type { SandboxKind } from '../../src/sandbox/confinement.ts';
import { canConfine } from '../../src/programs/detect-sandbox.ts';

export interface AvailableSandbox {
  readonly sandbox: SandboxKind;
  /** The environment in which the wrappers are found. */
  readonly env: Record<string, string>;
}

const plain = minimalEnvironment('/tmp');

/**
 * The sandboxes that can be tested here. Where the machine's setpriv has no Landlock (Debian 12), Debian 13's is
 * fetched; a kernel without Landlock, or a container without namespaces, leaves one out.
 */
export async function availableSandboxes(): Promise<readonly AvailableSandbox[]> {
  const candidates = [
    { sandbox: 'landlock', env: await landlockEnvironment() },
    { sandbox: 'bubblewrap', env: plain },
  ] as const;
  const works = await Promise.all(candidates.map(({ sandbox, env }) => canConfine(sandbox, env)));
  return candidates.filter((_, index) => works[index]);
}

async function landlockEnvironment(): Promise<Record<string, string>> {
  if ((await canConfine('landlock', plain)) || !existsSync('/etc/debian_version')) return plain;
  const folder = await cachedFolder('setpriv-trixie', {}, async (target) => {
    await promisify(execFile)(path.join(import.meta.dirname, 'fetch-setpriv.sh'), [target]);
  });
  return { ...plain, PATH: `${folder}/bin:${plain['PATH'] ?? ''}` };
}
