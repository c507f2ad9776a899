import { createLogger, type Stoppable } from '@linkcast/kit';
import { createBotApiServer, until, type BotApiServer } from '@linkcast/testing';
import { Telegraf } from 'telegraf';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startUpdatePoller, type UpdatePollerOptions } from '../../src/telegram/update-poller.ts';

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly err?: { readonly stack?: string };
  readonly waitSeconds?: number;
}

let server: BotApiServer;
let lines: Line[];
let handled: number[];
let poller: Stoppable | undefined;

beforeEach(async () => {
  server = await createBotApiServer();
  [lines, handled, poller] = [[], [], undefined];
});
afterEach(async () => {
  await poller?.stop();
  await server.close();
});

function start(options: Partial<UpdatePollerOptions> = {}): void {
  const { telegram } = new Telegraf(server.token, { telegram: { apiRoot: server.url } });
  const destination = { write: (line: string) => lines.push(JSON.parse(line) as Line) }; // pino writes objects
  poller = startUpdatePoller({
    telegram,
    logger: createLogger({ service: 'bot', secrets: [server.token], destination }),
    connectLimitMs: 5000,
    pauses: { firstMs: 5, refusedMs: 20 },
    onConnected: () => Promise.resolve(),
    onUpdate: (update) => Promise.resolve(void handled.push(update.update_id)),
    ...options,
  });
}

const said = (words: string): Line[] => lines.filter(({ msg }) => msg.includes(words));
/** Waits until an update has arrived, so that the poll works. */
const isPolling = (): Promise<unknown> => {
  const updateId = server.send({ message: {} });
  return until(() => handled.includes(updateId));
};

describe('polls that fail', () => {
  test('three times in the network: are one warning, and one more in the next outage', async () => {
    server.fail({ kind: 'reset', method: 'getUpdates', times: 2 });
    server.fail({ kind: 'html', method: 'getUpdates' });
    start();
    await isPolling();
    expect(said('telegram does not answer')).toMatchObject([{ level: 'warn' }]);
    server.fail({ kind: 'reset', method: 'getUpdates' });
    await isPolling();
    await isPolling();
    expect(said('telegram does not answer')).toHaveLength(2);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('with 429: wait as long as Telegram asks, say so at info, and keep the connection', async () => {
    server.fail({ kind: 'refuse', code: 429, description: 'Too Many Requests', retryAfter: 1, method: 'getUpdates' });
    start();
    await isPolling();
    expect(said('telegram asks for a pause')).toMatchObject([{ level: 'info', waitSeconds: 1 }]);
    const [first, second] = server.calls('getUpdates').map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(990);
    expect(said('connected to telegram')).toHaveLength(1);
    expect(lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test.each([
    [401, 'telegram refuses the token'],
    [409, 'another program polls with the same token'],
  ])('with %d: are an error each time: %s', async (code, words) => {
    server.fail({ kind: 'refuse', code, description: 'words', method: 'getUpdates', times: 2 });
    start();
    await isPolling();
    expect(said(words)).toMatchObject([{ level: 'error' }, { level: 'error' }]);
    expect(said('telegram does not answer')).toEqual([]);
  });

  test('by a bug: are an error with its stack, each time', async () => {
    let failures = 0;
    start({
      onConnected: () => {
        failures += 1;
        return failures > 2 ? Promise.resolve() : Promise.reject(new TypeError('x is undefined'));
      },
    });
    await isPolling();
    const stack = expect.stringContaining('update-poller.test.ts') as string;
    expect(said('poll of telegram failed')).toMatchObject([{ level: 'error', err: { stack } }, { err: { stack } }]);
    expect(said('telegram does not answer')).toEqual([]);
  });

  test('before and after a bug: the outage is warned about once', async () => {
    server.fail({ kind: 'reset', method: 'getUpdates' });
    server.fail({ kind: 'refuse', code: 400, description: 'Bad Request', method: 'getUpdates' });
    server.fail({ kind: 'reset', method: 'getUpdates' });
    start();
    await isPolling();
    expect([said('telegram does not answer'), said('poll of telegram failed')].map(({ length }) => length)).toEqual([
      1, 1,
    ]);
  });
});

test('an update that was handled when the poller stopped: comes again after the next start', async () => {
  const updateId = server.send({ message: {} });
  const stop = async (): Promise<void> => poller?.stop();
  let stopping = Promise.resolve();
  start({
    onUpdate: (update) => {
      handled.push(update.update_id);
      stopping = stop();
      return Promise.resolve();
    },
  });
  await until(() => handled.length === 1);
  await stopping;
  start();
  await until(() => handled.length === 2);
  expect(handled).toEqual([updateId, updateId]);
});
