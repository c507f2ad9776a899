import { until, type RecordedCall } from '@linkcast/testing';
import { describe, expect, it } from 'vitest';
import { createStage, MEMBER, OWNER_CODE } from './stage.ts';

const OWNER = 700;

function commandsOf(call: RecordedCall | undefined): unknown[] {
  const commands = call?.parameters['commands'];
  if (!Array.isArray(commands)) throw new Error('no commands');
  return commands.map((one: { command: string }) => one.command);
}

describe('the command menu', () => {
  it('has /stats for owners only', async () => {
    await using stage = await createStage();
    stage.telegram.openChat(OWNER);
    stage.start({ owners: [OWNER] });
    await stage.settled();
    const [members, owner] = stage.telegram.calls('setMyCommands');
    expect(commandsOf(members)).toEqual(['dv', 'da', 'signin', 'signout', 'cancel', 'help', 'start']);
    expect(members?.parameters['scope']).toBeUndefined();
    expect(commandsOf(owner)).toContain('stats');
    expect(owner?.parameters['scope']).toEqual({ type: 'chat', chat_id: OWNER });
    expect((await stage.hears('Paste a link')).text).not.toContain('/stats');
    stage.telegram.say(OWNER, '/help');
    expect((await stage.hears('Paste a link', OWNER)).text).toContain('/stats');
  });

  it('of the one who claims the bot gets it at once', async () => {
    await using stage = await createStage();
    stage.start();
    stage.telegram.say(OWNER, `/start ${OWNER_CODE}`);
    await stage.hears('You are the owner', OWNER);
    await until(() => stage.telegram.calls('setMyCommands').some((call) => commandsOf(call).includes('stats')));
  });

  it('of an owner who never wrote to the bot is refused, which stops nothing', async () => {
    await using stage = await createStage();
    stage.start({ owners: [OWNER, 701] });
    await stage.settled();
    expect(stage.log()).toContain('telegram did not take a setting');
  });
});

describe('the menu button', () => {
  it('of a public site opens it as a Mini App', async () => {
    await using stage = await createStage();
    stage.start({ siteUrl: 'https://media.example.org' });
    await stage.settled();
    expect(stage.telegram.calls('setChatMenuButton').map((call) => call.parameters['menu_button'])).toEqual([
      { type: 'web_app', text: 'Open', web_app: { url: 'https://media.example.org/' } },
    ]);
  });

  it.each(['http://localhost:8080', 'https://192.168.0.4:4433'])('of %s is the default one', async (siteUrl) => {
    await using stage = await createStage();
    stage.start({ siteUrl });
    await stage.settled();
    expect(stage.telegram.calls('setChatMenuButton').map((call) => call.parameters['menu_button'])).toEqual([
      { type: 'default' },
    ]);
  });

  it('that Telegram refuses stops nothing', async () => {
    await using stage = await createStage();
    stage.telegram.fail({ kind: 'refuse', code: 400, description: 'Bad Request: no', method: 'setChatMenuButton' });
    stage.start();
    stage.telegram.say(MEMBER, '/help');
    const help = await stage.hears('Paste a link');
    expect(help.text).toContain('/signin');
  });
});
