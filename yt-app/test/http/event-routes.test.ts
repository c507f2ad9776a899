import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { parseEvent, type Job } from '@linkcast/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../fixtures/eventually.ts';
import { aPerson } from '../fixtures/a-person.ts';
import { API_TOKEN, ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

const WITH_TOKEN = { authorization: `Bearer ${API_TOKEN}` };

let api: ApiFixture;
let job: Job;
const closers: AbortController[] = [];

beforeEach(async () => {
  api = await startApi({ heartbeatMs: 30, recheckMs: 30 });
  job = await api.jobs.submit({ url: 'https://example.com/1', type: 'video' });
  await api.jobs.eventsStored();
});
afterEach(async () => {
  for (const closer of closers.splice(0)) closer.abort();
  await api.stop();
});

interface Received {
  readonly id: string | undefined;
  readonly name: string;
  readonly data: unknown;
}

interface Client {
  readonly status: number;
  readonly headers: Headers;
  text: string;
  hasEnded: boolean;
  /** The connection broke before the end. */
  isDropped: boolean;
  readonly closer: AbortController;
  events(): Received[];
}

/** A client that reads server-sent events as they are written. */
async function listen(path: string, headers: Record<string, string> = WITH_TOKEN): Promise<Client> {
  const closer = new AbortController();
  closers.push(closer);
  const response = await fetch(`${api.url}${path}`, { headers, signal: closer.signal });
  const client: Client = {
    status: response.status,
    headers: response.headers,
    text: '',
    hasEnded: false,
    isDropped: false,
    closer,
    events: () => parseStream(client.text),
  };
  void readInto(client, response);
  return client;
}

async function readInto(client: Client, response: Response): Promise<void> {
  try {
    const text = response.body?.pipeThrough(new TextDecoderStream()) ?? [];
    for await (const chunk of text) client.text += chunk;
    client.hasEnded = true;
  } catch {
    client.isDropped = true; // by the server, or by the end of the test
  }
}

function parseStream(text: string): Received[] {
  return text
    .split('\n\n')
    .filter((block) => block.includes('data: '))
    .map((block) => {
      const line = (name: string) =>
        block
          .split('\n')
          .find((one) => one.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      const name = line('event') ?? '';
      return { id: line('id'), name, data: parseEvent(name, line('data') ?? '')?.data };
    });
}

const titles = (client: Client) => client.events().map(({ data }) => (data as Job).title); // only jobs are published here
const received = (client: Client, count: number) => eventually(() => expect(client.events()).toHaveLength(count));

test('the stream: has its content type, its retry time and heartbeats', async () => {
  const client = await listen('/api/events');
  expect(client.status).toBe(200);
  expect(client.headers.get('content-type')).toMatch(/^text\/event-stream/);
  expect(client.headers.get('x-accel-buffering')).toBe('no');
  expect(client.headers.get('cache-control')).toBe('no-store');
  await eventually(() => expect(client.text).toMatch(/^retry: 3000\n\nid: \d+\n\n(: alive\n\n){2,}/));
});

test.each(['header', 'query'])(
  'a client that reconnects with its last id (%s): receives the missed events once',
  async (way) => {
    const first = await listen('/api/events');
    api.jobs.change(job.id, { title: 'seen' });
    await received(first, 1);
    first.closer.abort();
    const [seen] = first.events();
    for (const title of ['missed 1', 'missed 2']) api.jobs.change(job.id, { title });
    const second =
      way === 'header'
        ? await listen('/api/events', { ...WITH_TOKEN, 'last-event-id': seen?.id ?? '' })
        : await listen(`/api/events?lastEventId=${seen?.id ?? ''}`);
    api.jobs.change(job.id, { title: 'new' });
    await received(second, 3);
    expect(titles(second)).toEqual(['missed 1', 'missed 2', 'new']);
  },
);

test.each(['another-17', '-1', '1.5', '999999', '9'.repeat(16), ''])(
  'a client with the id %j, which is not of this log: receives a reset, then what is new',
  async (lastId) => {
    const client = await listen('/api/events', { ...WITH_TOKEN, 'last-event-id': lastId });
    await received(client, 1);
    api.jobs.change(job.id, { title: 'new' });
    await received(client, 2);
    expect(client.events()).toMatchObject([
      { id: '1', name: 'reset', data: {} },
      { id: '2', data: { title: 'new' } },
    ]);
  },
);

test('a client that reconnects before it has received an event: receives what came meanwhile', async () => {
  const first = await listen('/api/events');
  const [, id] = await eventually(() => /^id: (\d+)$/m.exec(first.text) ?? Promise.reject(new Error('no id')));
  first.closer.abort();
  api.jobs.change(job.id, { title: 'missed' });
  const second = await listen('/api/events', { ...WITH_TOKEN, 'last-event-id': id ?? '' });
  await received(second, 1);
  expect(titles(second)).toEqual(['missed']);
});

test('the progress of a job: is received without an id, after the events before it', async () => {
  const client = await listen('/api/events');
  const changed = api.jobs.change(job.id, { title: 'changed' });
  await api.jobs.eventsStored();
  api.events.feed.publish({ name: 'job', data: { ...changed, title: 'progress' } });
  await received(client, 2);
  expect(client.events()).toMatchObject([
    { id: '2', data: { title: 'changed' } },
    { id: undefined, data: { title: 'progress' } },
  ]);
});

test('an event of the station: is received with its view of that moment', async () => {
  const client = await listen('/api/events');
  await api.store.save(audioItem(1));
  await received(client, 2);
  expect(client.events()).toMatchObject([
    { name: 'media', data: { id: mediaId(1) } },
    { name: 'station', data: { next: [{ mediaId: mediaId(1) }] } },
  ]);
  await api.store.rename(mediaId(1), 'New');
  await received(client, 4);
  expect(client.events().at(-1)).toMatchObject({ name: 'station', data: { next: [{ title: 'New' }] } });
});

test('the events of a job: are its current state, its changes and its end, without other jobs', async () => {
  const client = await listen(`/api/jobs/${job.id}/events`);
  await api.jobs.submit({ url: 'https://example.com/2', type: 'video' });
  api.jobs.change(job.id, { title: 'changed' });
  api.jobs.change(job.id, { state: 'ready' });
  api.jobs.change(job.id, { title: 'too late' });
  await eventually(() => expect(client.hasEnded).toBe(true));
  expect(titles(client)).toEqual([null, 'changed', 'changed']);
  const end = await listen(`/api/jobs/${job.id}/events`, {
    ...WITH_TOKEN,
    'last-event-id': client.events().at(-1)?.id ?? '',
  });
  expect(end.status).toBe(204);
});

test('the events of an ended job: are the job, then the end of the stream', async () => {
  await api.jobs.cancel(job.id);
  const client = await listen(`/api/jobs/${job.id}/events`, { ...WITH_TOKEN, 'last-event-id': 'older' });
  await eventually(() => expect(client.hasEnded).toBe(true));
  expect(client.events()).toMatchObject([{ name: 'job', data: { state: 'cancelled' } }]);
});

test('the events of a job retried after its end: stream again', async () => {
  await api.jobs.cancel(job.id);
  await api.jobs.retry(job.id);
  const client = await listen(`/api/jobs/${job.id}/events`, { ...WITH_TOKEN, 'last-event-id': 'end' });
  await received(client, 1);
  expect(client.hasEnded).toBe(false);
});

describe('the stream of a job', () => {
  test('that is queued: a person waits for it while the stream is open', async () => {
    const client = await listen(`/api/jobs/${job.id}/events`);
    await received(client, 1);
    expect([...api.jobs.waitedFor]).toEqual([job.id]);
    client.closer.abort();
    await eventually(() => expect(api.jobs.waitedFor.size).toBe(0));
  });

  test('that runs, and the stream of everything: nobody waits', async () => {
    api.jobs.change(job.id, { state: 'downloading' });
    await received(await listen(`/api/jobs/${job.id}/events`), 1);
    await listen('/api/events');
    expect(api.jobs.waitedFor.size).toBe(0);
  });
});

test('the events of an unknown job: answer 404 with a problem document', async () => {
  const answer = await ask(api).get('/api/jobs/none/events');
  expect([answer.status, answer.type]).toEqual([404, 'application/problem+json']);
});

test.each(['/api/events', '/api/jobs/job-1/events'])('HEAD %s: answers 200 and ends', async (path) => {
  const answer = await ask(api).head(path);
  expect([answer.status, answer.type]).toEqual([200, 'text/event-stream']);
});

test('all streams when the service stops: end, as does a new one', async () => {
  const clients = [await listen('/api/events'), await listen(`/api/jobs/${job.id}/events`)];
  api.stopApp();
  await eventually(() => expect(clients.every(({ hasEnded }) => hasEnded)).toBe(true));
  const late = await listen('/api/events');
  await eventually(() => expect(late.hasEnded).toBe(true));
});

test.each([
  ['signed out', async (personId: string) => api.access.sessions.endOf(personId)],
  ['removed', (personId: string) => api.access.peopleService.remove(personId)],
  ['expired', () => Promise.resolve((api.nowMs += 91 * 86_400_000))],
])('a client that is %s: receives no more events; others continue', async (_, end) => {
  const browser = openBrowser(api);
  await browser.signIn({ role: 'member', telegramId: 1001 });
  const headers = { cookie: browser.cookie ?? '' };
  const clients = [await listen('/api/events', headers), await listen(`/api/jobs/${job.id}/events`, headers)];
  const other = await listen('/api/events');
  const [session] = await api.access.sessions.list();
  await end(session?.personId ?? '');
  await eventually(() => expect(clients.every(({ hasEnded }) => hasEnded)).toBe(true));
  expect((await listen('/api/events', headers)).status).toBe(401);
  expect(other.hasEnded).toBe(false);
});

describe('what is private', () => {
  const ANNA = { role: 'member', telegramId: 1001 } as const;
  const CARL = { role: 'member', telegramId: 1002 } as const;

  async function listenAs(person: typeof ANNA | typeof CARL) {
    const browser = openBrowser(api);
    await browser.signIn(person);
    const { id } = await aPerson(api.access, { ...person, name: null });
    return { id, client: await listen('/api/events', { cookie: browser.cookie ?? '' }) };
  }
  const namesOf = (client: Client) => client.events().map(({ name, data }) => [name, (data as { id?: string }).id]);

  test('jobs and items: are sent to their person and to owners; others get that they are hidden', async () => {
    const anna = await listenAs(ANNA);
    const carl = await listenAs(CARL);
    const owner = await listen('/api/events');
    api.jobs.change(job.id, { requesterId: anna.id, visibility: 'mine', title: 'secret' });
    await api.jobs.eventsStored();
    await api.store.save(audioItem(1, { type: 'video', personId: anna.id, visibility: 'mine', title: 'secret' }));
    await api.store.save(audioItem(2, { type: 'video', personId: anna.id }));
    await api.store.setVisibility(mediaId(2), 'mine');
    await api.store.save(audioItem(3, { type: 'video' }));
    const item = (number: number) => ['media', mediaId(number)];
    const hidden = ['media-deleted', mediaId(2)];
    for (const client of [anna.client, owner])
      await eventually(() =>
        expect(namesOf(client)).toEqual([['job', job.id], item(1), item(2), hidden, item(2), item(3)]),
      );
    await eventually(() => expect(namesOf(carl.client)).toEqual([item(2), hidden, item(3)]));
    expect(carl.client.text).not.toContain('secret');
  });

  test('the deletion of a private item: is sent to those who saw it only', async () => {
    const anna = await listenAs(ANNA);
    const carl = await listenAs(CARL);
    await api.store.save(audioItem(1, { type: 'video', personId: anna.id, visibility: 'mine' }));
    await api.store.setDeleted(mediaId(1), 1);
    await api.store.save(audioItem(2, { type: 'video' }));
    const [first, second] = [mediaId(1), mediaId(2)];
    await eventually(() =>
      expect(namesOf(anna.client)).toEqual([
        ['media', first],
        ['media-deleted', first],
        ['media', second],
      ]),
    );
    await eventually(() => expect(namesOf(carl.client)).toEqual([['media', second]]));
  });

  test('earlier events of what became private since: are not repeated to others', async () => {
    await api.store.save(audioItem(1, { type: 'video', title: 'secret item' }));
    api.jobs.change(job.id, { title: 'secret job' });
    await api.jobs.eventsStored();
    await api.store.setVisibility(mediaId(1), 'mine');
    api.jobs.change(job.id, { visibility: 'mine' });
    await api.jobs.eventsStored();
    await api.store.save(audioItem(2, { type: 'video' }));
    const browser = openBrowser(api);
    await browser.signIn(CARL);
    const client = await listen('/api/events?lastEventId=0', { cookie: browser.cookie ?? '' });
    await eventually(() => expect(namesOf(client).at(-1)).toEqual(['media', mediaId(2)]));
    expect(client.text).not.toContain('secret');
    const owner = await listen('/api/events?lastEventId=0');
    await eventually(() => expect(namesOf(owner).at(-1)).toEqual(['media', mediaId(2)]));
    expect(owner.text).toContain('secret');
  });

  test('a job that becomes private while somebody else follows it: ends their stream', async () => {
    const browser = openBrowser(api);
    await browser.signIn(CARL);
    const client = await listen(`/api/jobs/${job.id}/events`, { cookie: browser.cookie ?? '' });
    await received(client, 1);
    api.jobs.change(job.id, { visibility: 'mine', title: 'secret' });
    await eventually(() => expect(client.hasEnded).toBe(true));
    expect(client.text).not.toContain('secret');
  });

  test('an owner who becomes a member: has their stream ended, because it has what others keep private', async () => {
    const browser = openBrowser(api);
    await browser.signIn({ role: 'owner', telegramId: 1003 });
    const client = await listen('/api/events', { cookie: browser.cookie ?? '' });
    await aPerson(api.access, { role: 'member', telegramId: 1003, name: null });
    await eventually(() => expect(client.hasEnded).toBe(true));
  });
});

describe('limits', () => {
  beforeEach(async () => {
    await api.stop();
    api = await startApi({ heartbeatMs: 30, recheckMs: 30, mostStreams: 5, mostStreamsPerCaller: 3 });
    job = await api.jobs.submit({ url: 'https://example.com/1', type: 'video' });
  });

  const cookieOf = async (telegramId: number) => {
    const browser = openBrowser(api);
    await browser.signIn({ role: 'member', telegramId });
    return { cookie: browser.cookie ?? '' };
  };

  test('a person with three streams on several devices: is refused a fourth; another person is not', async () => {
    const [phone, laptop] = [await cookieOf(1001), await cookieOf(1001)];
    const first = await listen('/api/events', phone);
    await listen(`/api/jobs/${job.id}/events`, laptop);
    await listen('/api/events?lastEventId=x', laptop);
    const refused = await listen('/api/events', phone);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    expect((await listen(`/api/jobs/${job.id}/events`, laptop)).status).toBe(429);
    expect((await listen('/api/events', await cookieOf(1002))).status).toBe(200);
    first.closer.abort();
    await eventually(async () => expect((await listen('/api/events', phone)).status).toBe(200));
  });

  test('five streams of several people: a sixth is refused', async () => {
    const people = [await cookieOf(1), await cookieOf(2), await cookieOf(3)] as const;
    for (const headers of [people[0], people[0], people[1], people[1], people[2]])
      expect((await listen('/api/events', headers)).status).toBe(200);
    const refused = await listen('/api/events', people[2]);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
  });

  test('HEAD requests: are not counted after their answer', async () => {
    for (let count = 0; count < 8; count += 1) expect((await ask(api).head('/api/events')).status).toBe(200);
  });
});

test('a client that reads nothing: is disconnected after a while, and the others continue', async () => {
  await api.stop();
  api = await startApi({ stallMs: 300 });
  job = await api.jobs.submit({ url: 'https://example.com/1', type: 'video' });
  const reader = await listen('/api/events');
  const socket = connect({ port: Number(new URL(api.url).port), host: '127.0.0.1' });
  socket.pause();
  socket.write(`GET /api/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${API_TOKEN}\r\n\r\n`);
  const connections = () =>
    new Promise<number>((resolve) => void api.server.getConnections((_, count) => resolve(count)));
  await eventually(async () => expect(await connections()).toBe(2));
  const title = 'x'.repeat(100_000);
  await eventually(async () => {
    api.jobs.change(job.id, { title });
    await api.jobs.eventsStored();
    expect(await connections()).toBe(1);
  });
  expect([reader.hasEnded, reader.isDropped]).toEqual([false, false]);
  expect(reader.events().length).toBeGreaterThan(0);
  socket.destroy();
});

test('a client that reads a long history slowly: receives all of it in order', { timeout: 60_000 }, async () => {
  const count = 1200; // more than is in memory
  await api.database.transaction(async () => {
    const title = 'x'.repeat(5000);
    for (let number = 0; number < count; number += 1) api.events.log.append({ name: 'job', data: { ...job, title } });
    await Promise.resolve();
  });
  const response = await fetch(`${api.url}/api/events?lastEventId=1`, { headers: WITH_TOKEN });
  const ids: number[] = [];
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (text + chunk).split('\n');
    text = lines.pop() ?? '';
    ids.push(...lines.filter((line) => line.startsWith('id: ')).map((line) => Number(line.slice(4))));
    if (ids.length >= count) break;
    await delay(2);
  }
  expect(ids).toEqual(Array.from({ length: count }, (_, index) => index + 2));
});
