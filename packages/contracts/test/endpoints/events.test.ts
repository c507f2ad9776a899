import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../src/endpoints/events.ts';

describe('parseEvent', () => {
  it('a known event: is typed by its name', () => {
    expect(parseEvent('media-deleted', '{"id":"a"}')).toEqual({ name: 'media-deleted', data: { id: 'a' } });
    expect(parseEvent('reset', '{}')).toEqual({ name: 'reset', data: {} });
  });

  it.each(['news', 'toString', '__proto__'])('an event of a newer server (%s): is ignored', (name) => {
    expect(parseEvent(name, '{}')).toBeUndefined();
  });

  it.each(['{}', 'no JSON', '{"id":1}'])('data of another schema (%s): throws an error', (data) => {
    expect(() => parseEvent('media-deleted', data)).toThrow();
  });
});
