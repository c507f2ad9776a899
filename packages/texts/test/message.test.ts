import { expect, test } from 'vitest';
import { Message } from '@linkcast/contracts';
import { message, sentenceOf } from '../src/index.ts';

const alias = message('name-alias', { name: 'a.example', target: 'b.example' });

test('a message read from JSON: keeps code and facts', () => {
  expect(Message.parse(JSON.parse(JSON.stringify(alias)))).toEqual(alias);
});

test('a message with a cause: is in the language of the reader, with the cause after it', () => {
  expect(sentenceOf(alias, 'es')).toMatch(/^a\.example es un alias/);
  const notice = { ...message('name-notice', { name: 'a.example' }), cause: message('address-offline') };
  expect(sentenceOf(notice, 'ru')).toMatch(/^Уже больше часа .* Ни одна служба/);
});

test.each(['unheard-of', 'toString', ''])('the code %j of a newer part: has no sentence', (code) => {
  expect(sentenceOf({ code, facts: {} }, 'en')).toBeUndefined();
});

test('facts of another message: do not compile', () => {
  // @ts-expect-error the target is missing
  message('name-alias', { name: 'a.example' });
  // @ts-expect-error no such message
  expect(message('name-aliased').code).toBe('name-aliased');
});
