import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isEnded, isProblem, type Job } from '@linkcast/contracts';
import type { Entry, Ledger } from '../ledger.ts';
import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';
import { untilAnswered } from './until-answered.ts';
import { createSources } from './sources.ts';

const GAP_MS = { least: 300, most: 2500 } as const;
/** More unfinished jobs than this, and nobody sends a new link. */
const MOST_OPEN = 12;

/** The actions of people, and how often each is taken. */
const ACTIONS = [
  ['send', 40],
  ['say', 25],
  ['repeat', 10],
  ['cancel', 9],
  ['retry', 7],
  ['delete', 7],
  ['empty trash', 2],
] as const;
const EACH = ACTIONS.flatMap(([action, weight]) => Array.from({ length: weight }, () => action));

type Action = (typeof ACTIONS)[number][0];

/** Behaves like people over the public API and in Telegram until the signal, and writes down what was accepted. */
export async function generate(world: World, ledger: Ledger, random: Random, signal: AbortSignal): Promise<void> {
  const people = createActions(world, ledger, random, signal);
  while (!signal.aborted) {
    const action = random.pick(EACH);
    try {
      await people[action]();
      ledger.count(`people: ${action}`);
    } catch (error) {
      if (!isProblem(error)) throw error;
      ledger.count(`people: ${action} refused, ${error.code}`);
    }
    await delay(random.between(GAP_MS.least, GAP_MS.most), undefined, { signal }).catch(() => undefined);
  }
}

function createActions(
  world: World,
  ledger: Ledger,
  random: Random,
  signal: AbortSignal,
): Readonly<Record<Action, () => Promise<void>>> {
  const { api, telegram, people } = world;
  const sources = createSources(world, ledger, random);
  const jobs = async (): Promise<Job[]> =>
    (await untilAnswered(() => api.listJobs({ limit: 100 }), signal))?.jobs ?? [];
  const entryOf = (url: string): Entry | undefined => ledger.entries.find((entry) => entry.url === url);

  const submit = async (entry: Entry): Promise<void> => {
    const idempotencyKey = randomUUID();
    const { url, type } = entry;
    const job = await untilAnswered(() => api.createJob({ url, type }, { idempotencyKey }), signal);
    if (job) entry.jobIds.add(job.id);
  };
  const isQuiet = async (): Promise<boolean> =>
    (await jobs()).filter(({ state }) => !isEnded(state)).length < MOST_OPEN;

  return {
    async send() {
      if (await isQuiet()) await submit(sources.next());
    },
    async say() {
      if (!(await isQuiet())) return;
      const entry = sources.next();
      const person = random.pick(people);
      const messageId = telegram.say(person, `${entry.type === 'video' ? '/dv' : '/da'} ${entry.url}`);
      entry.messages.push({ person, messageId, isForgiven: false });
    },
    async repeat() {
      if (ledger.entries.length > 0) await submit(random.pick(ledger.entries));
    },
    async cancel() {
      const open = (await jobs()).filter(({ state }) => !isEnded(state));
      if (open.length === 0) return;
      const { id, url } = random.pick(open);
      const entry = entryOf(url);
      if (entry) entry.isUnwanted = true; // before the call: its answer may be lost
      await untilAnswered(() => api.cancelJob(id), signal);
    },
    async retry() {
      const ended = (await jobs()).filter(({ state }) => state === 'failed' || state === 'cancelled');
      if (ended.length > 0) await untilAnswered(() => api.retryJob(random.pick(ended).id), signal);
    },
    async delete() {
      const { media } = (await untilAnswered(() => api.listMedia({ limit: 100 }), signal)) ?? { media: [] };
      if (media.length === 0) return;
      const item = random.pick(media);
      const entry = entryOf(item.sourceUrl ?? '');
      if (entry) entry.isUnwanted = true;
      await untilAnswered(() => api.deleteMedia(item.id), signal);
    },
    async 'empty trash'() {
      await untilAnswered(() => api.emptyTrash(), signal);
    },
  };
}
