import type { Job } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { until, type TestMessage } from '@linkcast/testing';
import type { Ledger } from '../ledger.ts';
import type { World } from '../world/world.ts';
import type { Evidence } from './evidence.ts';

const REPORT_SECONDS = 90;

type ChatWorld = { readonly telegram: Pick<World['telegram'], 'messages'> };
const { bot: words } = textsOf('en');

/** Every person who asked in Telegram was reported the end of it: at least once, and at most once more for each crash of the bot. */
export async function checkChats(
  world: ChatWorld,
  ledger: Ledger,
  evidence: Pick<Evidence, 'jobs'>,
  { reportSeconds = REPORT_SECONDS } = {},
): Promise<void> {
  await until(() => requests(world, ledger).every((answers) => answers.some(isFinal)), reportSeconds).catch(
    () => undefined, // said below, one by one
  );
  const crashes = ledger.counts.get('killed: bot') ?? 0;
  for (const entry of ledger.entries)
    for (const { person, messageId, isForgiven } of entry.messages) {
      const answers = answersTo(world, person, messageId);
      ledger.count('chats: requests');
      if (isForgiven) continue;
      const finals = answers.filter(isFinal);
      if (finals.length === 0)
        ledger.violate(
          'a requester is reported the end',
          `${entry.url}: ${JSON.stringify(answers.map(({ text }) => text))}`,
        );
      if (answers.length > 1 + crashes)
        ledger.violate('a requester gets one message', `${entry.url}: ${answers.length} messages`);
      const job = evidence.jobs.find(({ url, type }) => url === entry.url && type === entry.type);
      const reported = finals.at(-1)?.text;
      if (job && reported !== undefined && !entry.isUnwanted && !fits(job, reported))
        ledger.violate('a requester gets the true end', `${entry.url} is ${job.state}: ${JSON.stringify(reported)}`);
    }
}

function requests(world: ChatWorld, ledger: Ledger): TestMessage[][] {
  return ledger.entries.flatMap(({ messages }) =>
    messages
      .filter(({ isForgiven }) => !isForgiven)
      .map(({ person, messageId }) => answersTo(world, person, messageId)),
  );
}

function answersTo({ telegram }: ChatWorld, person: number, messageId: number): TestMessage[] {
  return telegram
    .messages(person)
    .filter(({ fromBot, replyTo, deleted }) => fromBot && replyTo === messageId && !deleted);
}

/** A message about a job that goes on has a button to cancel it. */
function isFinal({ keyboard, text }: TestMessage): boolean {
  return text !== '' && !keyboard.flat().some((button) => button.text.includes(words.cancel));
}

/** A job that was cancelled and tried again may have had another end before. */
function fits({ state }: Job, reported: string): boolean {
  return state !== 'ready' || /\/(watch|listen)\//.test(reported);
}
