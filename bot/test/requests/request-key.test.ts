import { describe, expect, it } from 'vitest';
import { requestKey } from '../../src/requests/request-key.ts';

const MESSAGE = { botId: 7000000001, chatId: -1001234, messageId: 5 };

describe('the key of a request', () => {
  it('made twice for one message and link: is the same, and printable', () => {
    expect(requestKey({ ...MESSAGE })).toBe(requestKey(MESSAGE));
    expect(requestKey(MESSAGE, 4)).toMatch(/^[\x20-\x7e]{1,200}$/);
  });

  it('made for another bot, chat, message or link: differs, also from every key of the previous version', () => {
    const keys = [
      requestKey(MESSAGE),
      requestKey({ ...MESSAGE, botId: 7000000002 }),
      requestKey({ ...MESSAGE, chatId: 1001234 }),
      requestKey({ ...MESSAGE, messageId: 6 }),
      requestKey(MESSAGE, 1),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => key.startsWith('tg-'))).toEqual([]);
  });
});
