import { expect, test } from 'vitest';
import { findWordFaults } from '../../src/house/source-words.ts';

const faultsOf = (text: string): string[] =>
  findWordFaults('file.ts', text).map(({ line, fault }) => `${line} ${fault}`);

test.each([
  ['const apiDoor = 1;', '1 "apiDoor": instead of "door" say server, client, scheme, endpoint or listener'],
  ['\nfunction lookAround() {}', '2 "lookAround": instead of "look" say check, poll, probe, read or search'],
  ['class A { #courier = 1; }', '1 "#courier": instead of "courier" say dispatcher'],
  ['x(); // looks here', '1 comment: instead of "looks" say check, poll, probe, read or search'],
  ['/* The Errand. */', '1 comment: instead of "Errand" say deferred reply'],
  ['/** Whether it runs. */\nlet isRunning;', '1 doc comment: begins with a question word'],
  ['interface A {\n  /**\n   * What it is.\n   */\n  a: 1;\n}', '2 doc comment: begins with a question word'],
])('the source %s: is reported', (text, fault) => {
  expect(faultsOf(text)).toEqual([fault]);
});

test.each([
  "const text = 'Look at the door';",
  'const outdoors = `door`;',
  '// The letter A is told apart from the others.',
  '/** Starts when the signal is aborted. */',
  '// What was rejected: a second process.',
  'const view = <p>Look here</p>;',
])('the source %s: is accepted', (text) => {
  expect(findWordFaults('file.tsx', text)).toEqual([]);
});
