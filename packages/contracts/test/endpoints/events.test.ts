import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../src/endpoints/events.ts';

describe('parseEvent', () => {
  it('an event that is known, is typed by its name', () => {
    expect(parseEvent('media-deleted', '{"id":"a"}')).toEqual({ name: 'media-deleted', data: { id: 'a' } });
    expect(parseEvent('reset', '{}')).toEqual({ name: 'reset', data: {} });
  });

  it.each(['news', 'toString', '__proto__'])('an event of a newer server (%s), is left out', (name) => {
    expect(parseEvent(name, '{}')).toBeUndefined();
  });

  it.each(['{}', 'no JSON', '{"id":1}'])('data that does not fit (%s), is an error', (data) => {
    expect(() => parseEvent('media-deleted', data)).toThrow();
  });
});
