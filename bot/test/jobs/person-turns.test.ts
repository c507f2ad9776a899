import { expect, test } from 'vitest';
import { createPersonTurns } from '../../src/jobs/person-turns.ts';

const never = new AbortController().signal;

/** Tasks that end when they are told to, and the names of those that have begun. */
function tasks() {
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<undefined>>();
  return {
    begun,
    task: (name: string) => () => {
      begun.push(name);
      const end = Promise.withResolvers<undefined>();
      ends.set(name, end);
      return end.promise;
    },
    end: (name: string) => ends.get(name)?.resolve(undefined),
    fail: (name: string) => ends.get(name)?.reject(new Error(name)),
  };
}

test('the third task of a person: waits until one has ended, or failed; those of others do not', async () => {
  const turns = createPersonTurns(2);
  const { begun, task, end, fail } = tasks();
  const first = turns.run(1, never, task('a'));
  const second = turns.run(1, never, task('b'));
  const third = turns.run(1, never, task('c'));
  const fourth = turns.run(1, never, task('d'));
  void turns.run(2, never, task('other'));
  expect(begun).toEqual(['a', 'b', 'other']);
  fail('b');
  await expect(second).rejects.toThrow('b');
  await Promise.resolve();
  expect(begun).toEqual(['a', 'b', 'other', 'c']);
  end('a');
  await first;
  end('c');
  await third;
  end('d');
  await fourth;
  expect(begun).toEqual(['a', 'b', 'other', 'c', 'd']);
});

test('a task whose signal is aborted while it waits: never runs, and the next one takes its turn', async () => {
  const turns = createPersonTurns(1);
  const { begun, task, end } = tasks();
  const first = turns.run(1, never, task('a'));
  const stop = new AbortController();
  const second = turns.run(1, stop.signal, task('b'));
  const third = turns.run(1, never, task('c'));
  stop.abort(new Error('stopped'));
  await expect(second).rejects.toThrow('stopped');
  end('a');
  await first;
  await Promise.resolve();
  end('c');
  await third;
  expect(begun).toEqual(['a', 'c']);
});
