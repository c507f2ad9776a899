import { endpoints, ProblemDocument, type Endpoint } from '@linkcast/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_TOKEN, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { audioItem } from '../fixtures/library-items.ts';

let api: ApiFixture;
beforeAll(async () => {
  api = await startApi();
  for (let number = 0; number < 5; number += 1) await api.store.save(audioItem(number));
});
afterAll(() => api.stop());

// Streams do not end and a download waits for its job; what they read is read for the other calls in the same way.
const table = new Map(
  (Object.entries(endpoints) as [string, Endpoint][]).filter(
    ([name, { produces }]) => produces === undefined && name !== 'download',
  ),
);

const field = fc.constantFrom(
  'url',
  'type',
  'quality',
  'title',
  'mediaId',
  'state',
  'limit',
  'cursor',
  'q',
  'sort',
  '__proto__',
  'constructor',
);
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.webUrl(),
  fc.constantFrom(
    'video',
    'audio',
    'best',
    'newest',
    'ready',
    'aaaaaaaaaaaaaaaaaaab',
    '-1',
    '50',
    '\0',
    '"*^:',
    '../../..',
  ),
);
const body = fc.oneof(
  fc.dictionary(field, value).map((object) => JSON.stringify(object)),
  fc.string({ unit: 'binary' }),
  fc.json(),
);
const query = fc.array(
  fc.tuple(
    fc.oneof(field, fc.string()),
    fc.oneof(
      value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))),
      fc.string({ unit: 'binary' }),
    ),
  ),
  {
    maxLength: 3,
  },
);
const id = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom('job-1', 'aaaaaaaaaaaaaaaaaaab', '..', '%00'),
);
const headers = fc.record(
  {
    'content-type': fc.constantFrom('application/json', 'text/plain', 'application/json; charset=utf-7', ';'),
    'idempotency-key': fc.stringMatching(/^[\x21-\x7e\xa0-\xff]{1,250}$/),
    'x-request-id': fc.stringMatching(/^[\x21-\x7e]{1,80}$/),
  },
  { requiredKeys: ['content-type'] },
);

test('random requests: are answered as the endpoint table describes, and never with 500', async () => {
  const call = fc.record({ name: fc.constantFrom(...table.keys()), id, query, body, headers });
  await fc.assert(
    fc.asyncProperty(call, async (sent) => {
      const endpoint: Endpoint = table.get(sent.name) ?? endpoints.health;
      const search = new URLSearchParams();
      for (const [name, text] of sent.query) search.append(name.toWellFormed(), text.toWellFormed());
      const path: string = endpoint.path.replace(':id', () => encodeURIComponent(sent.id.toWellFormed()));
      const response = await fetch(`${api.url}${path}?${search.toString()}`, {
        method: endpoint.method.toUpperCase(),
        headers: { ...sent.headers, authorization: `Bearer ${API_TOKEN}` },
        ...(endpoint.method === 'get' ? {} : { body: sent.body }),
      });
      const text = await response.text();
      if (response.status === endpoint.success) endpoint.answer?.parse(JSON.parse(text));
      else expect(ProblemDocument.parse(JSON.parse(text))).toMatchObject({ status: response.status });
      expect(response.status).not.toBe(500);
    }),
    { numRuns: 400 },
  );
});
