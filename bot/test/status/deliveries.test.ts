import { Problem, type Delivery } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { createTestBot } from '../test-bot.ts';

const OWNER = 700;
const AT = '2026-11-20T10:00:00.000Z';

function aDelivery(fields: Partial<Delivery>): Delivery {
  return {
    ...{ id: 'one', targetId: 'nas', targetName: 'The NAS', mediaId: 'aaaaaaaaaaaaaaaaaaab', title: 'A <film>' },
    ...{ state: 'delivered', problem: null, attempts: 0, nextAttemptAt: null, path: null, proof: 'checksum', bytes: 1 },
    ...{ createdAt: AT, changedAt: AT, ...fields },
  };
}

test('/deliveries of an owner: lists the last ones with their states and problems', async () => {
  await using bot = await createTestBot();
  bot.start({ owners: [OWNER] });
  bot.telegram.say(OWNER, '/deliveries');
  await bot.says('Nothing was delivered yet', OWNER);
  const problem = new Problem('delivery-host-key').toDocument();
  bot.ytApp.access.setDeliveries([aDelivery({}), aDelivery({ id: 'two', title: 'Another', state: 'failed', problem })]);
  bot.telegram.say(OWNER, '/deliveries');
  const { text } = await bot.says('Last deliveries', OWNER);
  expect(text).toContain('A <film>');
  expect(text).toMatch(/✅ delivered to “The NAS”[^]*Another[^]*❌ failed to “The NAS”[^]*another key/);
});
