import { beforeEach, expect, test } from 'vitest';
import type { TestMessage } from '@linkcast/testing';
import { checkChats } from '../../torture/checks/chat-checks.ts';
import { createLedger, type Entry, type Ledger } from '../../torture/ledger.ts';
import { evidence, job, URL } from './made-up-evidence.ts';

const PERSON = 1;
const ASKED = 7;
const READY = 'Ready: http://localhost/watch/abc';

let ledger: Ledger;
let entry: Entry;

beforeEach(() => {
  ledger = createLedger();
  entry = ledger.add({ url: URL, type: 'video', source: 'healthy' });
  entry.messages.push({ person: PERSON, messageId: ASKED, isForgiven: false });
});

const answer = (text: string): TestMessage =>
  ({ fromBot: true, replyTo: ASKED, deleted: false, text, keyboard: [] }) as unknown as TestMessage; // the check reads no more
async function broken(...texts: string[]): Promise<string[]> {
  const telegram = { messages: () => texts.map(answer) };
  await checkChats({ telegram }, ledger, evidence({ jobs: [job()] }), { reportSeconds: 0.1 });
  return ledger.violations.map(({ promise }) => promise);
}

test('one answer with the end: nothing is broken', async () => {
  expect(await broken(READY)).toEqual([]);
});

test('no answer: breaks a promise, unless a database was damaged', async () => {
  expect(await broken()).toEqual(['a requester is reported the end']);
  ledger.forgive('bot');
  expect(await broken()).toHaveLength(1);
});

test('a second answer: breaks a promise, unless the bot was killed', async () => {
  expect(await broken(READY, READY)).toEqual(['a requester gets one message']);
  ledger.count('killed: bot');
  expect(await broken(READY, READY)).toHaveLength(1);
});

test('an answer that is not the end of the job: breaks a promise', async () => {
  expect(await broken('It has failed.')).toEqual(['a requester gets the true end']);
});
