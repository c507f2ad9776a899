import { paths } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import type { Logger } from '@linkcast/kit';
import type { Telegraf } from 'telegraf';
import type { Access } from './access.ts';
import { commandsFor } from './command-menu.ts';
import type { BotContext } from './features/feature.ts';
import { asTelegrafSignal, describeFailure } from './messenger.ts';
import type { SiteLinks } from './site-links.ts';

export interface IntroductionOptions {
  readonly telegraf: Telegraf<BotContext>;
  readonly access: Pick<Access, 'owners'>;
  readonly site: SiteLinks;
  readonly logger: Logger;
  /** The bot's user name, without @. */
  readonly onName: (name: string) => void;
}

/** What the bot and Telegram tell each other before the first update. */
export function createIntroduction({ telegraf, access, site, logger, onName }: IntroductionOptions) {
  const { telegram } = telegraf;

  /** What is pleasant to have and not needed: a refusal is only logged. */
  const attempt = async (what: string, call: () => Promise<unknown>): Promise<void> => {
    try {
      await call();
    } catch (error) {
      logger.warn({ what, reason: describeFailure(error) }, 'telegram did not take a setting');
    }
  };

  /** `/stats` is in the menu of owners only. Telegram refuses this for people who never wrote to the bot. */
  const setOwnerMenu = (ownerId: number, signal: AbortSignal): Promise<void> =>
    attempt("owner's command menu", () =>
      telegram.callApi(
        'setMyCommands',
        { commands: commandsFor('owner'), scope: { type: 'chat', chat_id: ownerId } },
        { signal: asTelegrafSignal(signal) },
      ),
    );

  return {
    /** Learns who we are, makes sure that updates come to us, and sets the menus. */
    async introduce(signal: AbortSignal): Promise<void> {
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
      for (const ownerId of access.owners()) await setOwnerMenu(ownerId, signal);
    },
    setOwnerMenu,
  };
}

/** The site as a Mini App, where Telegram can open it; else the list of commands. */
function menuButton(site: SiteLinks) {
  if (!site.fitButtons) return { type: 'default' } as const;
  return { type: 'web_app', text: texts.bot.menuButton, web_app: { url: site.absolute(paths.library) } } as const;
}
