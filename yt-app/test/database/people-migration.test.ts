import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '@linkcast/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPersonStore } from '../../src/people/person-store.ts';
import { createSessionStore } from '../../src/access/session-store.ts';
import { createSignInCodeStore } from '../../src/access/sign-in-code-store.ts';
import { openAppDatabase } from '../../src/database/app-database.ts';
import { SQLITE_HISTORY } from '../../src/database/migrations/migrations.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-people-'));
});
afterEach(() => rm(folder, { recursive: true }));

const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const FOREVER = 8e15;

test('members, sessions and codes of the earlier version: become those of people, and nobody is signed out', async () => {
  const file = path.join(folder, 'yt-app.sqlite');
  const before = openDatabase(file, SQLITE_HISTORY);
  const addMember = before.prepare('INSERT INTO members VALUES (?, ?)');
  addMember.run(1001, 'member');
  addMember.run(1002, 'owner');
  const addSession = before.prepare(
    `INSERT INTO sessions (id, digest, role, telegram_id, name, device, created_at, seen_at, expires_at)
     VALUES (?, ?, ?, ?, ?, 'Firefox', 1, ?, ${FOREVER})`,
  );
  const token = (letter: string): string => letter.repeat(43);
  const now = Date.now();
  addSession.run('a', digest(token('a')), 'member', 1001, 'Old name', now - 5);
  addSession.run('b', digest(token('b')), 'member', 1001, 'Anna', now);
  addSession.run('c', digest(token('c')), 'owner', null, null, now);
  addSession.run('d', digest(token('d')), 'member', null, 'Guest', now);
  addSession.run('e', digest(token('e')), 'member', null, 'Guest', now);
  before
    .prepare(`INSERT INTO sign_in_codes VALUES (?, 'owner', ?, NULL, ${FOREVER})`)
    .run(digest('aaaa-bbbb-cccc'), 1002);
  before.close();

  const database = await openAppDatabase(file);
  const people = createPersonStore(database);
  expect(await people.list()).toMatchObject([
    { isConsole: true, role: 'owner', telegramId: null },
    { telegramId: 1001, role: 'member', name: 'Anna' },
    { telegramId: 1002, role: 'owner', name: null },
    { telegramId: null, role: 'member', name: 'Guest', isConsole: false },
  ]);
  const sessions = createSessionStore(database);
  const holders = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((letter) => sessions.find(token(letter))));
  const [console, anna, bert, guest] = await people.list();
  expect(holders.map((session) => session?.personId)).toEqual([anna?.id, anna?.id, console?.id, guest?.id, guest?.id]);
  expect(await createSignInCodeStore(database).redeem('aaaa-bbbb-cccc')).toBe(bert?.id);
  await database.close();
});
