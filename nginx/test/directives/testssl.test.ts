import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { DOMAIN, startCertifiedEdge, type CertifiedEdge } from '../fixtures/certified-edge.ts';

const run = promisify(execFile);

/** testssl.sh takes a minute on an idle machine, and much longer on a busy one. */
const LIMIT_MS = 900_000;
/** Everything but the simulation of clients, which finds no faults. */
const CHECKS = [
  '--protocols',
  '--std',
  '--pfs',
  '--server-preference',
  '--server-defaults',
  '--headers',
  '--vulnerable',
];
/** WARN: a check that testssl.sh could not run, such as a protocol that this machine's OpenSSL lacks. */
const HARMLESS = ['OK', 'INFO', 'LOW', 'WARN'];

const Findings = z.array(z.object({ id: z.string(), severity: z.string(), finding: z.string() }));

let edge: CertifiedEdge;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'testssl-'));
  edge = await startCertifiedEdge();
});
afterAll(async () => {
  await edge.stop();
  await rm(directory, { recursive: true });
});

/** Runs testssl.sh and returns the findings that are not harmless. Fails when its main checks did not run. */
async function findFaults(name: string): Promise<string[]> {
  const file = path.join(directory, `${name}.json`);
  const target = ['--add-ca', edge.authority.file, '--ip', '127.0.0.1', `https://${name}:${edge.options.httpsPort}`];
  const options = ['--quiet', '--warnings', 'batch', '--color', '0', '--jsonfile', file];
  await run('testssl', [...options, ...CHECKS, ...target], {
    cwd: directory,
    timeout: LIMIT_MS,
    maxBuffer: 10e6,
  }).catch(
    (error: unknown) => error, // its exit code counts findings; the file has them
  );
  const findings = Findings.parse(JSON.parse(await readFile(file, 'utf8')));
  for (const id of ['TLS1', 'TLS1_3', 'cipher_order', 'cert_chain_of_trust', 'HSTS', 'LUCKY13']) {
    expect(findings.map((finding) => finding.id)).toContainEqual(expect.stringContaining(id));
  }
  return findings
    .filter(({ severity }) => !HARMLESS.includes(severity))
    .map(({ id, severity, finding }) => `${id} ${severity} ${finding}`);
}

test(
  'the public name checked by testssl.sh: has no finding above LOW',
  async () => {
    expect(await findFaults(DOMAIN)).toEqual([]);
  },
  LIMIT_MS,
);

test(
  'localhost checked by testssl.sh: has only the findings of an untrusted certificate',
  async () => {
    const faults = await findFaults('localhost');
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['cert_chain_of_trust', 'cert_revocation']);
  },
  LIMIT_MS,
);
