import { ProfileList, type Profile, type TriedWays } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHostWayStore } from '../../src/profiles/host-way-store.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { startJobs, type JobFixture } from '../fixtures/job-fixture.ts';

const { profiles } = ProfileList.parse({
  profiles: [
    {
      hosts: ['site.example'],
      ways: [
        { name: 'direct' },
        { name: 'office', proxy: 'http://office.lan:3128', attempts: 3 },
        { name: 'home', proxy: 'socks5://home.lan:1080' },
      ],
    },
  ],
});
const CALLER = { caller: 'person:1' };
const FACTS = { title: 'One', uploader: null, extractor: 'Site', sourceId: 'one', durationSeconds: 1 };
const TRIED: TriedWays = [
  { way: 'direct', problem: 'source-refused' },
  { way: 'home', problem: null },
];

eachDatabase((openDatabase) => {
  let fixture: JobFixture;
  let inForce: readonly Profile[];
  beforeEach(async () => {
    inForce = profiles;
    fixture = await startJobs(await openDatabase(), {
      get profiles() {
        return inForce;
      },
    });
  });
  afterEach(() => fixture.stop());

  async function submit(url: string): Promise<string> {
    return (await fixture.jobs.submit({ url, type: 'video' }, CALLER)).id;
  }
  const namesOf = async (): Promise<string[]> => (await fixture.claim()).ways.map(({ name }) => name);

  test('a host with a profile: its ways come with the work, each with a route of its own', async () => {
    await submit('https://www.site.example/1');
    const { ways } = await fixture.claim();
    expect(ways.map(({ name, proxyUrl, attempts }) => [name, proxyUrl, attempts])).toEqual([
      ['direct', 'http://proxy.test/', 1],
      ['office', 'http://proxy.test/3128', 3],
      ['home', 'http://proxy.test/1080', 1],
    ]);
  });

  test('a host without a profile: has no ways', async () => {
    await submit('https://other.example/1');
    expect(await namesOf()).toEqual([]);
  });

  test('the way that made an item: is the first of the next job, as long as the profile has it', async () => {
    const id = await submit('https://site.example/1');
    const work = await fixture.claim();
    await fixture.report(work, { type: 'resolved', facts: FACTS, tried: TRIED });
    await fixture.finish(work);
    expect((await fixture.jobs.get(id))?.tried).toEqual(TRIED);
    await submit('https://site.example/2');
    expect(await namesOf()).toEqual(['home', 'direct', 'office']);
    inForce = [];
    await submit('https://site.example/3');
    expect(await namesOf()).toEqual([]);
  });

  test('a job that fails: names the ways that were tried; one that is tried again names those of the last attempt', async () => {
    const tried: TriedWays = [{ way: 'direct', problem: 'source-unreachable' }];
    const id = await submit('https://site.example/1');
    await fixture.report(await fixture.claim(), { type: 'failed', problem: { code: 'source-unreachable' }, tried });
    expect(await fixture.jobs.get(id)).toMatchObject({ state: 'queued', tried });
    await fixture.jobs.retry(id, null);
    await fixture.report(await fixture.claim(), { type: 'failed', problem: { code: 'source-private' } });
    expect(await fixture.jobs.get(id)).toMatchObject({ state: 'failed', tried: [] });
  });

  test('a job that reached its source and failed later: does not change the order', async () => {
    await submit('https://site.example/1');
    const work = await fixture.claim();
    await fixture.report(work, { type: 'resolved', facts: FACTS, tried: TRIED });
    await fixture.report(work, { type: 'failed', problem: { code: 'source-not-media' } });
    await submit('https://site.example/2');
    expect(await namesOf()).toEqual(['direct', 'office', 'home']);
  });
});

eachDatabase((openDatabase) => {
  test('the ways of more hosts than are kept: those of the last time stay', async () => {
    const database = await openDatabase();
    const store = createHostWayStore(database, 2);
    await store.note('one.example', 'a', 1);
    await store.note('two.example', 'b', 2);
    await store.note('one.example', 'c', 3);
    await store.note('three.example', 'd', 4);
    expect(await Promise.all(['one', 'two', 'three'].map((name) => store.find(`${name}.example`)))).toEqual([
      'c',
      undefined,
      'd',
    ]);
    await database.close();
  });
});
