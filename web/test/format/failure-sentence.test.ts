import { ApiUnavailable, Problem } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import { expect, test } from 'vitest';
import { failureSentence } from '../../src/format/failure-sentence.ts';

test('a problem gives its own sentence, an unreachable server the one for that', () => {
  expect(failureSentence(new Problem('queue-full'))).toBe(texts.problems['queue-full'].sentence({}));
  expect(failureSentence(new ApiUnavailable('down'))).toBe(texts.site.errors.unavailable);
});
