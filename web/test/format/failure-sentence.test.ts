import { ApiUnavailable, Problem } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { failureSentence } from '../../src/format/failure-sentence.ts';
import { english } from '../support/english.ts';

test('a problem: gives its own sentence; an unreachable server: gives that of an outage', () => {
  const { problems, site } = english;
  expect(failureSentence(new Problem('queue-full'), english)).toBe(problems['queue-full'].sentence({}));
  expect(failureSentence(new ApiUnavailable('down'), english)).toBe(site.errors.unavailable);
});
