/** The people who see a menu: one chat or all, one language or all. */
interface MenuScope {
  /** Undefined: all chats. */
  readonly chatId: number | undefined;
  /** Empty: all languages. */
  readonly languageCode: string;
}

/** Descriptions by command, in the order of the menu. */
type Commands = Readonly<Record<string, string>>;

/** The command menus of one bot, by scope and language. */
export function createCommandMenus() {
  const menus = new Map<string, Commands>();
  const keyOf = ({ chatId, languageCode }: MenuScope): string => `${chatId ?? 'all'} ${languageCode}`;
  return {
    set: (commands: Commands, scope: MenuScope): void => void menus.set(keyOf(scope), commands),
    /** The menu that a person sees: the chat counts before the language (https://core.telegram.org/bots/api#determining-list-of-commands). */
    shown(chatId: number, languageCode: string): Commands {
      const scopes = [chatId, undefined].flatMap((chat) => [
        { chatId: chat, languageCode },
        { chatId: chat, languageCode: '' },
      ]);
      return scopes.map((scope) => menus.get(keyOf(scope))).find((menu) => menu !== undefined) ?? {};
    },
  };
}

export type CommandMenus = ReturnType<typeof createCommandMenus>;
