import { describe, expect, it } from 'vitest';
import { createTestBot } from '../test-bot.ts';

const OWNER = 700;

describe('/stats', () => {
  it('sent by the owner of a healthy installation: shows the state of the parts, one fact per line', async () => {
    await using bot = await createTestBot();
    bot.start({ owners: [OWNER] });
    bot.telegram.say(OWNER, '/stats');
    const { text } = await bot.says('Linkcast 0.1.0', OWNER);
    expect(text).toBe(
      [
        'Linkcast 0.1.0',
        '✓ everything works',
        '',
        '✓ database',
        '✓ disk: 120 GB free',
        '',
        'Domain name',
        '✓ media.example.org points here',
        'IPv4: 203.0.113.5',
        '',
        'Certificate',
        '✓ valid until 28 January 2031 (E7)',
        '',
        'The internet reaches this site.',
      ].join('\n'),
    );
  });

  it('with failing parts: reports each fault, and shows names and sentences unchanged', async () => {
    await using bot = await createTestBot();
    bot.start({ owners: [OWNER] });
    const lastError = { at: '2026-11-20T10:00:00.000Z', sentence: 'DuckDNS refuses <the key> & says KO.' };
    bot.ytApp.access.setHealth({
      status: 'degraded',
      checks: [
        { name: 'downloader', ok: false, detail: 'older than 2026.07.04' },
        { name: 'public name', ok: false, detail: 'said in its own section' },
      ],
      name: {
        name: 'media.example.org',
        provider: 'duckdns',
        state: 'failing',
        addresses: [
          { family: 4, public: '203.0.113.5', served: ['198.51.100.7'], writtenAt: null },
          { family: 6, public: null, served: [], writtenAt: null },
        ],
        routerAddress: null,
        reach: { checkedAt: null, http: 'unknown', https: 'unknown' },
        checkedAt: null,
        nextCheckAt: null,
        lastError,
        canAnswerChallenges: true,
      },
      certificate: null,
    });
    bot.telegram.say(OWNER, '/stats');
    const { text } = await bot.says('something needs attention', OWNER);
    expect(text).toContain('✗ downloader: older than 2026.07.04');
    expect(text).toContain('✗ media.example.org could not be checked or updated');
    expect(text).toContain('IPv4: 203.0.113.5, DNS has 198.51.100.7');
    expect(text).not.toContain('own section');
    expect(text).not.toContain('IPv6');
    expect(text).toContain('DuckDNS refuses <the key> & says KO.');
    expect(text).toContain('✗ certbot is not responding');
  });

  it('with the domain name pointing elsewhere: reports that something needs attention', async () => {
    await using bot = await createTestBot();
    bot.start({ owners: [OWNER] });
    bot.ytApp.access.setHealth({ checks: [{ name: 'public name', ok: false, detail: 'leads elsewhere' }] });
    bot.telegram.say(OWNER, '/stats');
    await bot.says('✗ something needs attention', OWNER);
  });

  it('with very long details of many parts: is answered with one message that Telegram accepts', async () => {
    await using bot = await createTestBot();
    bot.start({ owners: [OWNER] });
    const long = '<&>'.repeat(2000);
    const checks = Array.from({ length: 60 }, (_, index) => ({ name: `part ${index}`, ok: false, detail: long }));
    bot.ytApp.access.setHealth({ checks, reachability: { state: 'unknown', sentence: long } });
    bot.telegram.say(OWNER, '/stats');
    expect((await bot.says('part 0', OWNER)).entities).not.toEqual([]);
    expect(bot.telegram.calls().filter((call) => call.refusal === 400)).toEqual([]);
  });
});
