import type { upkeepMessages as english } from '../../en/upkeep/upkeep-messages.ts';
import { firstOf } from '../../first-of.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, date, list } = formatsOf('ru');

const steps = ({ httpPort, httpsPort }: { readonly httpPort: number; readonly httpsPort: number }): string =>
  `В роутере пробросьте порт 80 на порт ${httpPort}, а порт 443 — на порт ${httpsPort} этого компьютера.`;

/** Russian: {@link english}. */
export const upkeepMessages = {
  silent: () => 'не отвечает',
  answers: () => 'отвечает',
  'check-failed': () => 'не удалось проверить',

  'workers-busy': ({ count }) =>
    `подключено: ${counted(count, { one: 'загрузчик', few: 'загрузчика', many: 'загрузчиков', other: 'загрузчика' })}`,
  'workers-none': () => 'ни один загрузчик не подключён',
  'downloader-versions': ({ versions, days }) =>
    `yt-dlp ${versions.join(', ')}${days === null ? '' : `, возраст: ${counted(days, { one: 'день', few: 'дня', many: 'дней', other: 'дня' })}`}`,
  'downloader-none': () => 'ни у одного загрузчика нет безопасной версии yt-dlp',
  'queue-open': () => 'задания могут начинаться',
  'queue-paused-storage': () => 'на паузе, пока на диске нет места',
  'queue-paused-network': () => 'на паузе: несколько сайтов недоступны; задания пробуются по одному',
  'queue-paused-downloader': () =>
    'на паузе: загрузчик не справляется с несколькими сайтами; задания пробуются по одному',
  'database-disk-full': () => 'запись невозможна: диск заполнен',
  'database-read-only': () => 'запись невозможна: диск доступен только для чтения',
  'storage-fine': () => 'ниже предела',
  'storage-over-limit': () => 'выше STORAGE_LIMIT: удалите что-нибудь и очистите корзину',
  'storage-unknown': () => 'не удалось измерить',
  'station-on-air': ({ count }) =>
    `в эфире, ${counted(count, { one: 'слушатель', few: 'слушателя', many: 'слушателей', other: 'слушателя' })}`,

  'name-check-right': ({ name }) => `${name} указывает сюда`,
  'name-check-wrong': ({ name }) => `${name} не указывает сюда`,
  'name-check-failing': ({ name }) => `не удалось проверить или обновить ${name}`,
  'name-check-unknown': ({ name }) => `${name} ещё не проверено`,

  'volume-present': () => 'доступен для записи',
  'volume-missing': ({ marker }) =>
    `В MEDIA_DIR нет библиотеки; возможно, диск не подключён. Ничего не удаляется, новые задания не принимаются. Чтобы всё же использовать эту папку, создайте в ней пустой файл ${marker}; записи без файлов исчезнут из списка.`,
  'volume-foreign': ({ marker }) =>
    `В MEDIA_DIR лежит библиотека другой установки. Ничего не удаляется, новые задания не принимаются. Чтобы всё же использовать эту папку, очистите в ней файл ${marker}; записи без файлов исчезнут из списка.`,
  'library-in-order': () => 'в порядке',
  'library-checking': () => 'папки сверяются с базой данных; новые задания начнутся после этого',
  'library-kept': ({ count, ids }) =>
    `в MEDIA_DIR не удалось прочитать ${counted(count, { one: 'папку', few: 'папки', many: 'папок', other: 'папки' })}, файлы не тронуты: ${firstOf(count, ids)}`,

  'reach-local': () => 'DOMAIN_NAME не задан, поэтому снаружи сайт недоступен.',
  'reach-silent': () => 'Неизвестно: службы, которые следят за именем и сертификатом, не отвечают.',
  'reach-not-checked': ({ name }) => `Доступность ${name} снаружи ещё не проверена.`,
  'reach-fine': ({ name }) => `${name} доступен снаружи.`,
  'reach-only-https': ({ name, httpPort }) =>
    `${name} доступен по https. Порт 80 сюда не ведёт, поэтому адреса с http:// не работают: пробросьте порт 80 на порт ${httpPort} этого компьютера.`,
  'reach-validated': ({ name, at }) => `Центр сертификации смог подключиться к ${name} ${date(at)}.`,
  'reach-unseen': ({ name, ...ports }) =>
    `${name} не открывается из домашней сети. Многие роутеры этого не умеют, поэтому проверьте с телефона без Wi-Fi. ${steps(ports)}`,
  'reach-closed-outside': ({ name, ...ports }) =>
    `Центр сертификации не смог подключиться к этому компьютеру по имени ${name} и порту 80. ${steps(ports)}`,
  'reach-closed': ({ name, ...ports }) => `${name} не отвечает. ${steps(ports)}`,
  'reach-strange': ({ name, ...ports }) =>
    `По имени ${name} отвечает другой сервер, возможно, сам роутер. ${steps(ports)}`,
  'reach-carrier-nat': ({ address }) =>
    `Провайдер делит один адрес между несколькими клиентами (CGNAT; адрес роутера — ${address}), поэтому снаружи никто не подключится. Попросите у провайдера публичный адрес IPv4.`,
  'reach-second-router': ({ address, ...ports }) =>
    `Роутер стоит за другим роутером (его частный адрес — ${address}). Пробросьте оба порта и там либо переключите тот роутер в режим моста. ${steps(ports)}`,
  'reach-wrong-address': ({ name, served, own }) => {
    const target = served.length === 0 ? 'адреса нет' : list(served);
    return own === null
      ? `${name} указывает не на это подключение. Адрес в DNS: ${target}.`
      : `${name} указывает не на это подключение. Адрес в DNS: ${target}; адрес подключения: ${own}.`;
  },
} satisfies Translation<typeof english>;
