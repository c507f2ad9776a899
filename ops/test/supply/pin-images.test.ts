import { runProgram } from '@linkcast/kit';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findImages } from '../../src/pin-images/pins.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '../../..');
const MAIN = path.join(REPOSITORY, 'ops/src/pin-images/main.ts');
const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';
const TOKEN = 'anybody';

/** The index of an image, as the registry serves it. */
const indexOf = (image: string, release = 1): string =>
  JSON.stringify({ schemaVersion: 2, mediaType: INDEX_TYPE, annotations: { image, release } });
const digestOf = (body: string): string => `sha256:${createHash('sha256').update(body).digest('hex')}`;

let folder: string;
let server: http.Server;
let url: string;
/** Changes the answers of the registry. */
let answers: { release: number; type: string; digest?: string; missing?: string };

/** A registry like Docker Hub: it wants a token, which its own server gives to anybody. */
beforeEach(async () => {
  answers = { release: 1, type: INDEX_TYPE };
  server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    if (pathname === '/token') {
      const isScoped = searchParams.get('scope')?.startsWith('repository:library/') ?? false;
      return response.end(JSON.stringify({ token: isScoped ? TOKEN : 'useless' }));
    }
    const [, repository = '', tag = ''] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(pathname) ?? [];
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      const scope = `repository:${repository}:pull`;
      const challenge = `Bearer realm="${url}/token",service="test",scope="${scope}"`;
      return response.writeHead(401, { 'www-authenticate': challenge }).end();
    }
    if (repository === answers.missing) return response.writeHead(404).end();
    const body = indexOf(`${repository}:${tag}`, answers.release);
    const headers = { 'content-type': answers.type, 'docker-content-digest': answers.digest ?? digestOf(body) };
    return response.writeHead(200, headers).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP

  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-pins-'));
  const parts = await readdir(REPOSITORY, { withFileTypes: true });
  for (const part of parts.filter((entry) => entry.isDirectory()))
    await copyIfThere(path.join(part.name, 'Dockerfile'));
  await copyIfThere('docker-compose.yml');
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function copyIfThere(file: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await cp(path.join(REPOSITORY, file), path.join(folder, file)).catch(() => undefined); // most folders have none
}

async function pin() {
  const env = { PATH: process.env['PATH'] ?? '' };
  const args = [MAIN, url, folder];
  const { outcome, stdout } = await runProgram({ file: process.execPath, args, env, wallSeconds: 60 });
  return { outcome, stdout };
}

const read = (file: string): Promise<string> => readFile(path.join(folder, file), 'utf8');

test('the Dockerfiles and docker-compose.yml: get the digests of the tags, and newer ones in place of older ones', async () => {
  for (const release of [1, 2]) {
    answers = { ...answers, release };
    expect((await pin()).outcome.kind).toBe('finished');
    const node = digestOf(indexOf('library/node:24-trixie-slim', release));
    const postgres = digestOf(indexOf('library/postgres:17', release));
    for (const part of ['bot', 'certbot', 'ddns', 'egress', 'icecast', 'nginx', 'yt-app'])
      expect(await read(`${part}/Dockerfile`)).toContain(`\nARG NODE_IMAGE=node:24-trixie-slim@${node}\n`);
    expect(await read('docker-compose.yml')).toContain(`image: \${POSTGRES_IMAGE:-postgres:17@${postgres}}\n`);
  }
});

test.each([
  ['states a digest that is not the one of its answer', { digest: digestOf('another') }],
  ['answers with an image of one platform', { type: 'application/vnd.oci.image.manifest.v1+json' }],
  ['does not have the last of the images', { missing: 'library/postgres' }],
])('a registry that %s: fails, and no file is changed', async (_, wrong) => {
  answers = { ...answers, ...wrong };
  const before = await Promise.all([read('bot/Dockerfile'), read('docker-compose.yml')]);
  expect((await pin()).outcome).toMatchObject({ kind: 'failed', exitCode: 1 });
  expect(await Promise.all([read('bot/Dockerfile'), read('docker-compose.yml')])).toEqual(before);
});

test('an image of another registry: fails, and is not sought at Docker Hub', async () => {
  await writeFile(path.join(folder, 'bot/Dockerfile'), 'ARG NODE_IMAGE=example.org/node:24\n');
  const { outcome, stdout } = await pin();
  expect(outcome).toMatchObject({ kind: 'failed', exitCode: 1 });
  expect(stdout).not.toContain('example.org');
});

test('every image that a Dockerfile starts from: comes from an argument that can be pinned', async () => {
  for (const part of ['bot', 'certbot', 'ddns', 'egress', 'icecast', 'nginx', 'yt-app']) {
    const text = await read(`${part}/Dockerfile`);
    expect(findImages([text])).toHaveLength(1);
    expect(Array.from(text.matchAll(/^FROM (\S+)/gm), ([, from]) => from)).toSatisfy((sources: string[]) =>
      sources.every((source) => source === '${NODE_IMAGE}'),
    );
  }
});
