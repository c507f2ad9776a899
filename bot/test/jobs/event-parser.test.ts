import { expect, it } from 'vitest';
import { createEventStreamParser, type StreamEvent } from '../../src/jobs/event-parser.ts';

const STREAM =
  ': hello\r\n\r\nid: 7\nevent: job\ndata: {"a":\ndata: 1}\n\nretry: 100\ndata:alone\rid\r\n\n: bye\n\nevent: empty\n\n';

function parse(pieces: readonly string[]) {
  const events: StreamEvent[] = [];
  const parser = createEventStreamParser((event) => events.push(event));
  for (const piece of pieces) parser.push(piece);
  return { events, lastId: parser.lastId() };
}

it.each([
  ['at once', [STREAM]],
  ['one character at a time', STREAM.split('')],
])('an event stream that comes %s has the same events', (_, pieces) => {
  expect(parse(pieces).events).toEqual([
    { name: 'job', data: '{"a":\n1}' },
    { name: 'message', data: 'alone' },
  ]);
});

it('an event stream knows the id to resume from, and a field without value clears it', () => {
  expect(parse(['id: 7\ndata: x\n\n']).lastId).toBe('7');
  expect(parse(['id: 7\ndata: x\n\nid\n\n']).lastId).toBe('');
});

it('an event stream without an end is refused before it fills the memory', () => {
  expect(() => parse(Array.from({ length: 50 }, () => 'x'.repeat(100_000)))).toThrow('too large');
});
