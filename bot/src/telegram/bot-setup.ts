import { paths, type MemberRole } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { languages, textsOf, type Language } from '@linkcast/texts';
import type { Telegraf } from 'telegraf';
import { commandsFor } from './command-menu.ts';
import { asTelegrafSignal, describeFailure } from './messenger.ts';
import type { SiteLinks } from './site-links.ts';

export interface BotSetupOptions {
  readonly telegraf: Pick<Telegraf, 'telegram' | 'botInfo'>;
  /** Telegram ids of the owners. */
  readonly owners: () => readonly number[];
  /** The language of menus for people whose Telegram has none of ours. */
  readonly language: Language;
  readonly site: SiteLinks;
  readonly logger: Logger;
  /** Called with the bot's user name, without @. */
  readonly onName: (name: string) => void;
}

/** Reads the bot's own account from Telegram, and configures it: long polling, command menus, menu button. */
export function createBotSetup({ telegraf, owners, language, site, logger, onName }: BotSetupOptions) {
  const { telegram } = telegraf;

  /** Applies an optional setting: a refusal is logged, and the bot runs without it. */
  const attempt = async (setting: string, call: () => Promise<unknown>): Promise<void> => {
    try {
      await call();
    } catch (error) {
      logger.warn({ setting, reason: describeFailure(error) }, 'telegram refused a setting');
    }
  };

  /** Sets the commands of a scope: in each language, and the installation's for everybody else. */
  const setCommands = async (role: MemberRole, scope: object, signal: AbortSignal): Promise<void> => {
    const defaults = { commands: commandsFor(role, textsOf(language)), ...scope };
    const translations = languages.map((code) => ({
      commands: commandsFor(role, textsOf(code)),
      language_code: code,
      ...scope,
    }));
    for (const menu of [defaults, ...translations])
      await telegram.callApi('setMyCommands', menu, { signal: asTelegrafSignal(signal) });
  };

  /** Adds `/stats` to the menu of an owner. Telegram refuses this for people who never wrote to the bot. */
  const setOwnerMenu = (ownerId: number, signal: AbortSignal): Promise<void> =>
    attempt("owner's command menu", () => setCommands('owner', { scope: { type: 'chat', chat_id: ownerId } }, signal));

  return {
    /** Reads the bot's account, removes a webhook, and sets the menus. Rejects when Telegram does not answer the first two. */
    async setUp(signal: AbortSignal): Promise<void> {
      const limit = { signal: asTelegrafSignal(signal) };
      telegraf.botInfo = await telegram.callApi('getMe', {}, limit);
      onName(telegraf.botInfo.username);
      await telegram.callApi('deleteWebhook', {}, limit);
      await attempt('command menu', () => setCommands('member', {}, signal));
      await attempt('menu button', () =>
        telegram.callApi('setChatMenuButton', { menu_button: menuButton(site, language) }, limit),
      );
      for (const ownerId of owners()) await setOwnerMenu(ownerId, signal);
    },
    setOwnerMenu,
  };
}

export type BotSetup = ReturnType<typeof createBotSetup>;

/** A button that opens the site as a Mini App, if Telegram accepts the site's address; else the list of commands. */
function menuButton(site: SiteLinks, language: Language) {
  if (!site.fitButtons) return { type: 'default' } as const;
  return {
    type: 'web_app',
    text: textsOf(language).bot.menuButton,
    web_app: { url: site.absolute(paths.library) },
  } as const;
}
