import type { cookies as english } from '../../en/bot/cookies.ts';
import type { Translation } from '../../translation.ts';

/** Russian: {@link english}. */
export const cookies = {
  stored: (site) => `Cookie сайта ${site} сохранены в зашифрованном виде для ваших ссылок.`,
  refused: (reason) => `Cookie не сохранены. ${reason}`,
  tooLarge: 'Cookie не сохранены: файл слишком большой. Cookie одного сайта занимают несколько килобайт.',
  deleted: 'Ваше сообщение с ними удалено.',
  undeleted: 'Удалите сообщение с ними сами: Telegram не разрешил мне это сделать.',
} satisfies Translation<typeof english>;
