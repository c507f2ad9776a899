import { isEnded } from '@linkcast/contracts';
import {
  fixturePaths,
  findFreePort,
  LIMIT_FACTOR,
  openChromium,
  OUTBOUND_ADDRESS,
  startGate,
  startOutboundProxy,
  until,
  type Gate,
  type OutboundProxy,
} from '@linkcast/testing';
import { languages, textsOf, triedSentence } from '@linkcast/texts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLocalStack, type LocalStack } from '../../support/local-stack.ts';
import { createOwner } from '../../support/visitor.ts';

const OWNER = 4711;
const SESSION = 's3cret-of-the-account';
const PASSWORD = 's3cret-of-the-proxy';

let stack: LocalStack;
let gate: Gate;
let outbound: OutboundProxy;
let originUrl = '';

/** The source answers 403 without the cookie of the account, and to everybody who does not come by the outbound proxy. */
beforeAll(async () => {
  gate = await startGate({
    target: () => originUrl,
    mayPass: ({ socket, headers }) =>
      socket.remoteAddress === OUTBOUND_ADDRESS && headers.cookie?.includes(`session=${SESSION}`) === true,
  });
  outbound = await startOutboundProxy({ kind: 'socks5', credentials: `someone:${PASSWORD}` });
  stack = await startLocalStack({
    ...{ httpPort: await findFreePort(), httpsPort: await findFreePort() },
    settings: { ALLOW_PRIVATE_SOURCES: gate.hostPort },
  });
  originUrl = stack.origin.url;
});
afterAll(async () => {
  await stack.close();
  await Promise.all([gate.close(), outbound.close()]);
});

test('a host that works by the third way only: chat and site say what was tried, in three languages; the way comes first then', async () => {
  const { api, telegram, siteUrl } = stack;
  telegram.say(OWNER, `/start ${stack.ownerCode}`);
  await until(() => telegram.messages(OWNER).some(({ text }) => text.includes('You are now an owner')), 20);
  await api.replaceProfiles({
    text: `profiles:
  - hosts: [127.0.0.1]
    ways:
      - name: direct
      - name: account
        cookies: true
      - name: home
        cookies: true
        proxy: ${outbound.url}
`,
  });

  sendCookies();
  await until(() => telegram.messages(OWNER).some(({ text }) => text.includes(textsOf('en').bot.cookies.deleted)), 30);
  expect(telegram.messages(OWNER).filter(({ text, deleted }) => !text && !deleted)).toEqual([]);

  const first = await bringIn(`${gate.url}${fixturePaths.mp4}?one`);
  expect(first.tried).toEqual([
    { way: 'direct', problem: 'source-refused' },
    { way: 'account', problem: 'source-refused' },
    { way: 'home', problem: null },
  ]);
  const english = textsOf('en');
  const said = triedSentence(first.tried, english.bot.tried, english.problems);
  await until(() => telegram.messages(OWNER).some(({ text }) => text.includes(said)), 20);

  const browser = await openChromium();
  try {
    const owner = await createOwner(browser, stack);
    const { page } = await owner.open(`${siteUrl}/queue`);
    for (const language of languages) {
      await page.evaluate(`localStorage.setItem('linkcast.language', '${language}')`);
      await page.reload();
      const { site, problems } = textsOf(language);
      const sentence = triedSentence(first.tried, site.tried, problems);
      await page.getByText(sentence).waitFor({ timeout: 15_000 * LIMIT_FACTOR });
    }
  } finally {
    await browser.close();
  }

  expect((await bringIn(`${gate.url}${fixturePaths.mp4}?two`)).tried).toEqual([{ way: 'home', problem: null }]);
  const log = await stack.log();
  for (const secret of [SESSION, PASSWORD]) expect(log).not.toContain(secret);
});

/** The owner sends the cookies of their account as a document. */
function sendCookies(): void {
  const expires = Math.floor(Date.now() / 1000) + 86_400;
  const text = `# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t${expires}\tsession\t${SESSION}\n`;
  stack.telegram.addFile('jar', Buffer.from(text));
  const document = { file_id: 'jar', file_name: 'cookies.txt', mime_type: 'text/plain' };
  stack.telegram.say(OWNER, '', { members: { text: undefined, entities: undefined, document } });
}

/** Sends a link in the chat, and waits for the end of its job. */
async function bringIn(url: string) {
  stack.telegram.say(OWNER, `/dv ${url}`);
  const job = await until(async () => {
    const found = (await stack.api.listJobs()).jobs.find((one) => one.url === url);
    return found && isEnded(found.state) ? found : undefined;
  }, 90);
  expect(job).toMatchObject({ state: 'ready', problem: null });
  return job;
}
