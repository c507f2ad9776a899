import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Caller } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { startYtApp, type YtAppProcess } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';

const run = promisify(execFile);
const PROGRAM = path.resolve(import.meta.dirname, '../../src/sign-in-code/main.ts');

let ytApp: YtAppProcess;
beforeEach(async () => {
  ytApp = await startYtApp({});
});
afterEach(() => ytApp.close());

const program = (settings: Record<string, string> = {}) =>
  run(process.execPath, [PROGRAM], {
    env: { API_TOKEN: ytApp.token, PORT: new URL(ytApp.url).port, ...settings },
    timeout: 20_000,
  });

async function signIn(code: string): Promise<Response> {
  return fetch(`${ytApp.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ytApp.url },
    body: JSON.stringify({ code }),
  });
}

async function roleOf(cookie: string): Promise<string> {
  const answer = await fetch(`${ytApp.url}/api/session`, { headers: { cookie } });
  return Caller.parse(await answer.json()).role;
}

test('the console program: prints a sign-in path; the session survives a kill, and no secret is stored or logged', async () => {
  const { stdout, stderr } = await program();
  expect(stdout).toMatch(/^\/sign-in#[a-z2-9-]{14}\n$/);
  expect(stderr).toBe('');
  const code = stdout.trim().split('#')[1] ?? '';
  const answer = await signIn(code);
  expect(answer.status).toBe(200);
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const share = await ytApp.api.shareStation();

  await ytApp.kill('SIGKILL');
  await ytApp.start();
  expect(await roleOf(cookie)).toBe('owner');
  expect((await signIn(code)).status).toBe(403);
  expect((await ytApp.api.listStationShares()).shares).toMatchObject([{ id: share.id }]);

  const dataDir = path.dirname(ytApp.mediaDir);
  const databases = (await readdir(dataDir)).filter((name) => name.startsWith('yt-app.sqlite'));
  const written = await Promise.all(databases.map((name) => readFile(path.join(dataDir, name), 'latin1')));
  expect(databases).toContain('yt-app.sqlite');
  for (const secret of [code, cookie.split('=')[1] ?? '', share.links.page.split('/')[2] ?? '', ytApp.token]) {
    expect(secret.length).toBeGreaterThan(10);
    expect([...written, ytApp.log()].join('\n')).not.toContain(secret);
  }
});

test('the console program with a wrong token or without a server: prints the reason and exits with an error', async () => {
  await expect(program({ API_TOKEN: 'x'.repeat(30) })).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'Linkcast rejects the request. Does another installation use this port?\n',
  });
  await expect(program({ API_TOKEN: 'x'.repeat(30), LANGUAGE: 'ru' })).rejects.toMatchObject({
    stderr: `${textsOf('ru').api.signInCode.refused}\n`,
  });
  await ytApp.kill('SIGTERM');
  await expect(program()).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'Linkcast is not responding. Is it running?\n',
  });
  await expect(program({ API_TOKEN: 'short' })).rejects.toMatchObject({ code: 78 });
});
