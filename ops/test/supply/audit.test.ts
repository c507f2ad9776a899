import { runProgram } from '@linkcast/kit';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const SCRIPT = path.resolve(import.meta.dirname, '../../audit.sh');
const ADVISORIES = '/-/npm/v1/security/advisories/bulk';

let registry: http.Server;
let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(path.join(tmpdir(), 'linkcast-npm-'));
});
afterEach(async () => {
  registry.close();
  await rm(cache, { recursive: true });
});

/** Runs the script with a registry that has nothing but advisories, if these are given. */
async function audit(advisories?: object) {
  registry = http.createServer((request, response) => {
    const isKnown = request.url === ADVISORIES && request.method === 'POST' && advisories !== undefined;
    request.resume();
    response.writeHead(isKnown ? 200 : 405, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isKnown ? advisories : {}));
  });
  registry.listen(0, '127.0.0.1');
  await once(registry, 'listening');
  const { port } = registry.address() as AddressInfo; // it listens on TCP
  const env = {
    PATH: process.env['PATH'] ?? '',
    DOCKER_HOST: 'unix:///nonexistent', // no image is read
    npm_config_registry: `http://127.0.0.1:${port}`,
    npm_config_fetch_retries: '0',
    npm_config_cache: cache,
  };
  const { outcome, stdout } = await runProgram({ file: SCRIPT, args: [], env, wallSeconds: 120 });
  return { outcome, stdout };
}

test('a registry that gives no answer: exits with 69, and says of each question that it was not checked', async () => {
  const { outcome, stdout } = await audit();
  expect(outcome).toMatchObject({ kind: 'failed', exitCode: 69 });
  expect(stdout).toContain('known vulnerabilities of npm packages: NOT CHECKED');
  expect(stdout).toContain('signatures of the npm registry: NOT CHECKED');
  expect(stdout).not.toContain('nothing known');
});

test('a registry without advisories for the packages: nothing is known, and what was not checked keeps it from 0', async () => {
  const { outcome, stdout } = await audit({});
  expect(stdout).toMatch(/known vulnerabilities of npm packages\nnothing known/);
  expect(outcome).toMatchObject({ kind: 'failed', exitCode: 69 });
});

test('an advisory for a package that runs: exits with 1 and names the package', async () => {
  const advisory = { id: 1, url: 'http://127.0.0.1/1', title: 'a test', severity: 'high', vulnerable_versions: '<99' };
  const { outcome, stdout } = await audit({ zod: [advisory] });
  expect(outcome).toMatchObject({ kind: 'failed', exitCode: 1 });
  expect(stdout).toMatch(/\nzod {2}/);
});
