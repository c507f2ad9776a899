import { writeFileAtomic } from '@linkcast/kit';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { EdgeOptions } from '../src/edge.ts';
import { startEdge, type EdgeFixture } from './edge-fixture.ts';
import { createTestAuthority, type TestAuthority } from './test-authority.ts';

export const DOMAIN = 'media.linkcast.test';

/** An edge with a domain, and the authority that its certificate is from. */
export interface CertifiedEdge extends EdgeFixture {
  readonly authority: TestAuthority;
  /** Puts a pair where certbot would. */
  publish(pem: string): Promise<void>;
}

/** The edge with a domain, and with a certificate for it, or with another pair. */
export async function startCertifiedEdge(
  more: Partial<EdgeOptions> = {},
  pem?: (authority: TestAuthority) => Promise<string>,
): Promise<CertifiedEdge> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'certificates-'));
  await mkdir(path.join(directory, 'authority'));
  const authority = await createTestAuthority(path.join(directory, 'authority'));
  const certificateDirectory = path.join(directory, 'published');
  await mkdir(certificateDirectory);
  const publish = (text: string) => writeFileAtomic(path.join(certificateDirectory, 'pair.pem'), text, { mode: 0o600 });
  await publish(await (pem?.(authority) ?? authority.issue(DOMAIN)));
  const edge = await startEdge({ domainName: DOMAIN, certificateDirectory, ...more });
  return {
    ...edge,
    authority,
    publish,
    stop: async () => {
      await edge.stop();
      await rm(directory, { recursive: true });
    },
  };
}
