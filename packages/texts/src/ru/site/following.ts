import type { siteFollowing as english } from '../../en/site/following.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, date, moment } = formatsOf('ru');

/** Russian: {@link english}. */
export const siteFollowing = {
  following: {
    heading: 'Подписки',
    open: 'Подписки',
    hint: 'Каналы, плейлисты и ленты, новые видео которых приходят сами.',
    loading: 'Загрузка подписок',
    empty: 'Подписок пока нет',
    emptyHint: 'Вставьте выше ссылку на канал, плейлист или ленту.',
    link: 'Ссылка на канал, плейлист или ленту',
    type: 'Как',
    follow: 'Подписаться',
    followed: 'Подписка оформлена.',
    reading: 'Список загружается…',
    options: 'Параметры',
    optionsHeading: (title) => `Параметры подписки «${title}»`,
    frequency: 'Проверять',
    frequencies: {
      '1': 'каждый час',
      '6': 'каждые 6 часов',
      '24': 'раз в день',
      '168': 'раз в неделю',
      night: 'ночью, в 4:00',
      own: 'как сейчас',
    },
    fields: {
      last: 'Скачать и последние из тех, что уже есть: сколько',
      include: 'Только названия с одним из этих слов, через запятую',
      exclude: 'Без названий с одним из этих слов',
      since: 'Ничего раньше этой даты',
      keepLast: 'Хранить только последние: сколько',
      keepDays: 'Хранить столько дней',
    },
    nextCheck: (at) => `следующая проверка: ${moment(at)}`,
    paused: 'на паузе',
    waiting: (count) => `${counted(count, { one: 'видео', few: 'видео', many: 'видео', other: 'видео' })} в ожидании`,
    lastNew: (at) => `последнее новое: ${date(at)}`,
    since: (at) => `С ${date(at)}.`,
    check: 'Проверить',
    checking: 'Проверка начнётся в течение минуты.',
    pause: 'Пауза',
    go: 'Продолжить',
    change: 'Параметры',
    stop: 'Отписаться',
    stopHeading: 'Отписаться?',
    stopHint: (title) => `Ничего нового из «${title}» больше не придёт. Скачанное остаётся в библиотеке.`,
    stopped: 'Подписка отменена.',
  },
} satisfies Translation<typeof english>;
