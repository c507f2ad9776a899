import {
  createBotApiServer,
  createOriginServer,
  makeFixtures,
  type BotApiServer,
  type OriginServer,
} from '@linkcast/testing';

/** A source of media, and Telegram: real servers, at an address that the stack can reach. */
export async function createOutsideWorld(
  host: string,
): Promise<{ origin: OriginServer; telegram: BotApiServer; close: () => Promise<void> }> {
  const origin = await createOriginServer({ root: await makeFixtures({ seconds: 40 }), host });
  const telegram = await createBotApiServer({ host });
  return {
    origin,
    telegram,
    close: async () => {
      await Promise.all([origin.close(), telegram.close()]);
    },
  };
}
