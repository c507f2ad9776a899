import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ActivityList, ProfilesAnswer, ProblemDocument } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eachDatabase } from '../fixtures/each-database.ts';

const TEXT =
  "profiles:\n  - hosts: [site.example]\n    ways: [{ name: home, proxy: 'http://someone:s3cret@10.0.0.5:3128' }]\n";

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let owner: Browser;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    owner = openBrowser(api);
    await owner.signIn();
  });
  afterEach(() => api.stop());

  const stored = () => readFile(path.join(api.mediaDir, 'profiles.yaml'), 'utf8');

  test('POST /api/profiles by an owner: puts the text in force, shows no password, and is in the activity log', async () => {
    const answer = ProfilesAnswer.parse((await owner.ask('post', '/api/profiles', { text: TEXT })).body);
    expect(answer.hosts).toEqual([{ hosts: ['site.example'], ways: ['home'] }]);
    expect(answer.text).toContain('someone:•••@10.0.0.5');
    expect(await stored()).toBe(TEXT);
    const { activity } = ActivityList.parse((await owner.ask('get', '/api/activity')).body);
    expect(activity[0]?.kind).toBe('profiles-changed');
    expect(JSON.stringify(activity)).not.toContain('s3cret');
  });

  test('POST /api/profiles with faults: answers 422 with all of them, and changes nothing', async () => {
    await owner.ask('post', '/api/profiles', { text: TEXT });
    const faulty = 'profiles:\n  - hosts: [Site]\n    ways: [{ name: x, exec: id }]\n';
    const answer = await owner.ask('post', '/api/profiles', { text: faulty });
    expect(answer.status).toBe(422);
    expect(ProblemDocument.parse(answer.body).faults?.map(({ field }) => field)).toEqual([
      'line 2, profiles.0.hosts.0',
      'line 3, profiles.0.ways.0.exec',
    ]);
    expect(await stored()).toBe(TEXT);
  });

  test('a member: neither reads nor replaces the profiles', async () => {
    const member = openBrowser(api);
    await member.signIn({ role: 'member', telegramId: 42 });
    expect((await member.ask('get', '/api/profiles')).status).toBe(403);
    expect((await member.ask('post', '/api/profiles', { text: '' })).status).toBe(403);
    await expect(stored()).rejects.toThrow('ENOENT');
  });
});
