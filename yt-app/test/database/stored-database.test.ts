import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger } from '@linkcast/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStoredDatabase } from '../../src/database/stored-database.ts';

const logger = createLogger({ service: 'test', level: 'silent' });

let dataDir: string;
let file: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'linkcast-stored-'));
  file = path.join(dataDir, 'yt-app.sqlite');
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const openFile = () => openStoredDatabase({ file, onError: () => undefined, logger });

test('a log that cannot be opened on a disk that can be written: is an error, not a read-only disk', async () => {
  const { database } = await openFile();
  await database.close();
  await symlink(path.join(dataDir, 'missing/log'), `${file}-wal`); // as one of another user, but for root, too
  await expect(openFile()).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' });
});
