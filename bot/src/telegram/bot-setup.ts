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
  readonly roleOf: (userId: number) => MemberRole | undefined;
  /** The language that a person has chosen with `/lang`. */
  readonly chosenLanguageOf: (userId: number) => Language | undefined;
  /** The language of menus for people whose Telegram has none of ours. */
  readonly language: Language;
  readonly site: SiteLinks;
  readonly logger: Logger;
  /** Called with the bot's user name, without @. */
  readonly onName: (name: string) => void;
}

/** The commands of everybody, or of the chat with a person. */
interface Menu {
  readonly role: MemberRole;
  readonly scope?: { readonly type: 'chat'; readonly chat_id: number };
  readonly chosen?: Language | undefined;
}

/** Reads the bot's own account from Telegram, and configures it: long polling, command menus, menu button. */
export function createBotSetup(options: BotSetupOptions) {
  const { telegraf, owners, language, site, logger, onName } = options;
  const { telegram } = telegraf;

  /** Applies an optional setting: a refusal is logged, and the bot runs without it. */
  const attempt = async (setting: string, call: () => Promise<unknown>): Promise<void> => {
    try {
      await call();
    } catch (error) {
      logger.warn({ setting, reason: describeFailure(error) }, 'telegram refused a setting');
    }
  };

  /**
   * Sets the commands of a scope: in each language, and the installation's for everybody else; or all in one language that was
   * chosen.
   */
  const setCommands = async ({ role, scope, chosen }: Menu, signal: AbortSignal): Promise<void> => {
    const shared = scope === undefined ? {} : { scope };
    const defaults = { commands: commandsFor(role, textsOf(chosen ?? language)), ...shared };
    const translations = languages.map((code) => ({
      commands: commandsFor(role, textsOf(chosen ?? code)),
      language_code: code,
      ...shared,
    }));
    for (const menu of [defaults, ...translations])
      await telegram.callApi('setMyCommands', menu, { signal: asTelegrafSignal(signal) });
  };

  /**
   * Sets the menu in the private chat with a person, by their role and the language that they have chosen. Telegram refuses
   * this for people who never wrote to the bot.
   */
  const setPersonMenu = (userId: number, signal: AbortSignal): Promise<void> =>
    attempt('command menu of a person', () =>
      setCommands(
        {
          role: options.roleOf(userId) ?? 'member',
          scope: { type: 'chat', chat_id: userId },
          chosen: options.chosenLanguageOf(userId),
        },
        signal,
      ),
    );

  return {
    /** Reads the bot's account, removes a webhook, and sets the menus. Rejects when Telegram does not answer the first two. */
    async setUp(signal: AbortSignal): Promise<void> {
      const limit = { signal: asTelegrafSignal(signal) };
      telegraf.botInfo = await telegram.callApi('getMe', {}, limit);
      onName(telegraf.botInfo.username);
      await telegram.callApi('deleteWebhook', {}, limit);
      await attempt('command menu', () => setCommands({ role: 'member' }, signal));
      await attempt('menu button', () =>
        telegram.callApi('setChatMenuButton', { menu_button: menuButton(site, language) }, limit),
      );
      for (const ownerId of owners()) await setPersonMenu(ownerId, signal);
    },
    setPersonMenu,
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
