import { startYtApp, testKeys, until } from '@linkcast/testing';
import { expect, it } from 'vitest';
import { createTestBot, MEMBER } from '../test-bot.ts';

const LINK = 'https://example.com/watch?v=1';

/** The request ids of the log lines that contain the text. */
function requestIds(log: string, text: string): string[] {
  const lines = log.split('\n').filter((line) => line.includes(text));
  return lines.flatMap((line) => /"requestId":"([^"]+)"/.exec(line)?.[1] ?? []);
}

it('a link submitted to yt-app: the logs of bot and yt-app have the same request id', async () => {
  await using bot = await createTestBot();
  const ytApp = await startYtApp({ ALLOWED_USERS: String(MEMBER) }, { hasWorker: false });
  bot.start({ ytApp: { url: ytApp.url, token: testKeys.bot } });
  bot.telegram.say(MEMBER, `/dv ${LINK}`);
  const [loggedByYtApp] = await until(() => {
    const ids = requestIds(ytApp.log(), '"path":"/api/jobs"').filter((id) => id.startsWith(`tg${bot.botId}-`));
    return ids.length > 0 ? ids : undefined;
  });
  await until(() => requestIds(bot.log(), 'request').length > 0);
  expect(new Set(requestIds(bot.log(), 'request'))).toEqual(new Set([loggedByYtApp]));
  await ytApp.close();
});
