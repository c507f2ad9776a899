import { paths } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import type { Logger } from '@linkcast/kit';
import type { Telegraf } from 'telegraf';
import { commandsFor } from './command-menu.ts';
import { asTelegrafSignal, describeFailure } from './messenger.ts';
import type { SiteLinks } from './site-links.ts';

export interface BotSetupOptions {
  readonly telegraf: Pick<Telegraf, 'telegram' | 'botInfo'>;
  /** Telegram ids of the owners. */
  readonly owners: () => readonly number[];
  readonly site: SiteLinks;
  readonly logger: Logger;
  /** Called with the bot's user name, without @. */
  readonly onName: (name: string) => void;
}

/** Reads the bot's own account from Telegram, and configures it: long polling, command menus, menu button. */
export function createBotSetup({ telegraf, owners, site, logger, onName }: BotSetupOptions) {
  const { telegram } = telegraf;

  /** Applies an optional setting: a refusal is logged, and the bot runs without it. */
  const attempt = async (setting: string, call: () => Promise<unknown>): Promise<void> => {
    try {
      await call();
    } catch (error) {
      logger.warn({ setting, reason: describeFailure(error) }, 'telegram refused a setting');
    }
  };

  /** Adds `/stats` to the menu of an owner. Telegram refuses this for people who never wrote to the bot. */
  const setOwnerMenu = (ownerId: number, signal: AbortSignal): Promise<void> =>
    attempt("owner's command menu", () =>
      telegram.callApi(
        'setMyCommands',
        { commands: commandsFor('owner'), scope: { type: 'chat', chat_id: ownerId } },
        { signal: asTelegrafSignal(signal) },
      ),
    );

  return {
    /** Reads the bot's account, removes a webhook, and sets the menus. Rejects when Telegram does not answer the first two. */
    async setUp(signal: AbortSignal): Promise<void> {
      const limit = { signal: asTelegrafSignal(signal) };
      telegraf.botInfo = await telegram.callApi('getMe', {}, limit);
      onName(telegraf.botInfo.username);
      await telegram.callApi('deleteWebhook', {}, limit);
      await attempt('command menu', () =>
        telegram.callApi('setMyCommands', { commands: commandsFor('member') }, limit),
      );
      await attempt('menu button', () =>
        telegram.callApi('setChatMenuButton', { menu_button: menuButton(site) }, limit),
      );
      for (const ownerId of owners()) await setOwnerMenu(ownerId, signal);
    },
    setOwnerMenu,
  };
}

export type BotSetup = ReturnType<typeof createBotSetup>;

/** A button that opens the site as a Mini App, if Telegram accepts the site's address; else the list of commands. */
function menuButton(site: SiteLinks) {
  if (!site.fitButtons) return { type: 'default' } as const;
  return { type: 'web_app', text: texts.bot.menuButton, web_app: { url: site.absolute(paths.library) } } as const;
}
