import type { Finding } from '@linkcast/contracts';
import { message, worded } from '@linkcast/texts';
import { describe, expect, it, vi } from 'vitest';
import { createTestBot } from '../test-bot.ts';

const OWNER = 700;
const LACKS: Finding = {
  ...{ name: 'ffmpeg', state: 'bad', ...worded(message('ffmpeg-lacks', { names: ['libx264'] })) },
  action: worded(message('do-install-ffmpeg')),
};
const FINE: Finding = { name: 'sandbox', state: 'ok', ...worded(message('sandbox-landlock')), action: null };
const NO_BACKUP: Finding = {
  ...{ name: 'backup', state: 'note', ...worded(message('backup-absent')) },
  action: worded(message('do-make-backup')),
};

describe('/doctor', () => {
  it('sent by the owner of an installation with a fault: shows it first, with what to do, and all that is well', async () => {
    await using bot = await createTestBot();
    bot.ytApp.access.setFindings([FINE, NO_BACKUP, LACKS]);
    bot.start({ owners: [OWNER] });
    bot.telegram.say(OWNER, '/doctor');
    const { text } = await bot.says('Linkcast 0.1.0', OWNER);
    expect(text.split('\n')).toEqual([
      'Linkcast 0.1.0',
      '1 thing needs attention.',
      '',
      '✗ ffmpeg: lacks libx264',
      expect.stringMatching(/^→ With Docker, run .* make up\. Without Docker, install Debian's ffmpeg\.$/),
      '– backup: there is none',
      expect.stringMatching(/^→ .*BACKUP_DIR/),
      expect.stringMatching(/^✓ Telegram: the token belongs to @\w+$/),
      '✓ clock: is correct',
      '✓ sandbox: ffmpeg and yt-dlp run in a Landlock sandbox',
    ]);
  });

  it('in Russian: is answered in it', async () => {
    await using bot = await createTestBot();
    bot.ytApp.access.setFindings([LACKS]);
    bot.start({ owners: [OWNER] });
    bot.telegram.setLanguage(OWNER, 'ru');
    bot.telegram.say(OWNER, '/doctor');
    const { text } = await bot.says('Требуют внимания: 1 пункт.', OWNER);
    expect(text).toContain('✗ ffmpeg: не хватает: libx264\n→ С Docker выполните');
    expect(text).toContain('✓ часы: идут верно');
  });

  it('on a machine whose clock is five minutes off: says so, and what to do', async () => {
    await using bot = await createTestBot();
    bot.start({ owners: [OWNER] });
    bot.telegram.say(OWNER, '/help');
    await bot.says('Paste a link', OWNER);
    const realNow = Date.now;
    // The Bot API server answers with the time of the machine, and the bot has another one.
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => realNow() + 300_000);
    try {
      bot.telegram.say(OWNER, '/doctor');
      const { text } = await bot.says('✗ clock', OWNER);
      expect(text).toMatch(/✗ clock: is off by (299|300|301) seconds\n→ Turn on time synchronisation: timedatectl/);
    } finally {
      clock.mockRestore();
    }
  });

  it('with more findings than a message holds: shows the faults, and counts the rest', async () => {
    await using bot = await createTestBot();
    const long = { sentence: '<&>'.repeat(2000) };
    const findings = Array.from({ length: 40 }, (_, index): Finding => ({
      ...{ name: `part ${index}`, state: index < 3 ? 'bad' : 'ok', ...long, action: index < 3 ? long : null },
    }));
    bot.ytApp.access.setFindings(findings);
    bot.start({ owners: [OWNER] });
    bot.telegram.say(OWNER, '/doctor');
    const { text } = await bot.says('part 2', OWNER);
    expect(text).toMatch(/…and \d+ more: run make doctor on the server\.$/);
    expect(bot.telegram.calls().filter((call) => call.refusal === 400)).toEqual([]);
  });
});
