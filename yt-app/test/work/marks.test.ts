import { afterEach, expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/each-database.ts';
import { startJobs, type JobFixture } from '../fixtures/job-fixture.ts';
import { readMediaJson } from '../../src/library/files/media-json.ts';
import path from 'node:path';

eachDatabase((openDatabase) => {
  const LINK = { url: 'https://video.example/watch', type: 'video' } as const;
  const SERVER = 'https://sponsor.example';

  let fixture: JobFixture;
  afterEach(() => fixture.stop());

  test('marks of a finished job: the item has them, in the database and in media.json', async () => {
    fixture = await startJobs(await openDatabase(), { sponsorBlock: SERVER });
    await fixture.jobs.submit(LINK, { caller: 'person:1' });
    const work = await fixture.claim();
    expect(work.sponsorBlock).toBe(SERVER);
    await fixture.resolve(work);
    const marks = [{ start: 0.5, end: 1, category: 'intro' }] as const;
    await fixture.finish(work, { marks: [...marks] });
    expect(await fixture.items.get(work.mediaId)).toMatchObject({ state: 'ready', marks });
    expect(await readMediaJson(path.join(fixture.mediaDir, work.mediaId))).toMatchObject({ facts: { marks } });
  });

  test('a job of an installation that does not want marks: names no server', async () => {
    fixture = await startJobs(await openDatabase());
    await fixture.jobs.submit(LINK, { caller: 'person:1' });
    expect(await fixture.claim()).not.toHaveProperty('sponsorBlock');
  });
});
