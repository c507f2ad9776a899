import type { siteSharing as english } from '../../en/site/sharing.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, moment, timeAgo } = formatsOf('ru');

/** Russian: {@link english}. */
export const siteSharing = {
  share: {
    share: 'Поделиться',
    heading: 'Поделиться',
    radioHeading: 'Поделиться радио',
    hint: 'Каждый, у кого есть ссылка, может включить эту запись и больше ничего.',
    radioHint: 'Для плееров, колонок и автомобилей, где нельзя войти. Слушать может каждый, у кого есть ссылка.',
    lifetime: 'Срок действия',
    days: (count) => counted(count, { one: 'день', few: 'дня', many: 'дней', other: 'дня' }),
    make: 'Создать ссылку',
    makeAnother: 'Создать ещё одну',
    link: 'Ссылка',
    linkHint: 'Показывается только один раз. Если потеряете, создайте новую.',
    copy: 'Копировать',
    copied: 'Скопировано. Вставьте куда угодно.',
    send: 'Отправить…',
    copyVlc: 'Копировать ссылку для VLC',
    copyFile: 'Копировать ссылку на MP3',
    copyStream: 'Копировать адрес потока',
    copiedStream: 'Скопировано. Вставьте в плеер.',
    list: 'Действующие ссылки',
    until: (at) => `До ${moment(at)}`,
    made: (at) => `Создана ${timeAgo(at)}`,
    stop: 'Закрыть доступ',
    stopOf: (at) => `Закрыть доступ по ссылке, действующей до ${moment(at)}`,
    stopped: 'Эта ссылка больше не работает.',
    loading: 'Загрузка',
  },

  guest: {
    shared: 'С вами поделились',
    until: (at) => `Эта ссылка действует до ${moment(at)}.`,
    loading: 'Открываем общую ссылку',
    endedHeading: 'Срок действия ссылки истёк',
    endedHint: 'Общие ссылки действуют ограниченное время. Попросите новую у того, кто вам её прислал.',
    radioHint: 'Личная радиостанция, которая играет круглые сутки.',
  },
} satisfies Translation<typeof english>;
