import type { following as english } from '../../en/bot/following.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, deadline, number } = formatsOf('ru');

/** Russian: {@link english}. */
export const following = {
  how: 'Пришлите ссылку на канал, плейлист или ленту в той же строке: /follow https://…',
  chooseType: 'Новые видео из этого списка: как видео или как аудио?',
  started: (title) => `Вы подписаны на «${title}». Всё новое придёт само. Все подписки: /following.`,
  none: 'Подписок нет. Чтобы подписаться на канал, плейлист или ленту: /follow https://…',
  heading: 'Ваши подписки:',
  nextCheck: (at) => `Следующая проверка: ${deadline(at)}`,
  paused: 'На паузе',
  waiting: (count) => `${counted(count, { one: 'видео', few: 'видео', many: 'видео', other: 'видео' })} в ожидании`,
  more: (count) => `…и ещё ${number(count)}:`,
  pause: '⏸ Пауза',
  go: '▶️ Продолжить',
  stop: '✖️ Отписаться',
  wasPaused: (title) => `На паузе: ${title}`,
  continued: (title) => `Подписка снова действует: ${title}`,
  givenUp: (title, reason) =>
    `Список «${title}» не открывался месяц, и я поставил подписку на паузу. ${reason} Продолжить: /following.`,
  stopped: 'Вы больше не подписаны на этот список. Скачанное остаётся в библиотеке.',
} satisfies Translation<typeof english>;
