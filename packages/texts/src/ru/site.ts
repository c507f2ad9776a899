import type { site as english } from '../en/site.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';
import { siteActivity } from './site/activity.ts';
import { siteCollections } from './site/collections.ts';
import { siteDeliveries } from './site/deliveries.ts';
import { siteFollowing } from './site/following.ts';
import { siteItem } from './site/item.ts';
import { siteItemJobs } from './site/item-jobs.ts';
import { siteJobs } from './site/jobs.ts';
import { siteLimits } from './site/limits.ts';
import { siteLive } from './site/live.ts';
import { siteMarks } from './site/marks.ts';
import { sitePeople } from './site/people.ts';
import { sitePlaying } from './site/playing.ts';
import { siteProfiles } from './site/profiles.ts';
import { siteSettings } from './site/settings.ts';
import { siteSharing } from './site/sharing.ts';
import { siteStorage } from './site/storage.ts';
import { siteUploads } from './site/uploads.ts';

const { bytesPerSecond, counted, moment, span } = formatsOf('ru');

/** Russian: {@link english}. */
export const site = {
  ...siteActivity,
  ...siteCollections,
  ...siteDeliveries,
  ...siteFollowing,
  ...siteItem,
  ...siteItemJobs,
  ...sitePeople,
  ...siteProfiles,
  ...siteSettings,
  ...siteLimits,
  ...siteLive,
  ...siteMarks,
  ...siteSharing,
  ...siteStorage,
  ...siteUploads,
  ...sitePlaying,
  ...siteJobs,
  locale: 'ru',
  name: 'Linkcast',
  tagline: 'Отправьте ссылку — она заиграет через секунды.',
  skipToContent: 'К содержимому',

  nav: { label: 'Главное меню', library: 'Библиотека', radio: 'Радио', queue: 'Очередь', add: 'Добавить' },
  queueBadge: (count) =>
    counted(count, {
      one: 'задание в работе',
      few: 'задания в работе',
      many: 'заданий в работе',
      other: 'задания в работе',
    }),
  titles: {
    library: 'Библиотека',
    radio: 'Радио',
    queue: 'Очередь',
    add: 'Добавить ссылку',
    signIn: 'Вход',
    join: 'Приглашение',
    people: 'Люди',
    following: 'Подписки',
    trash: 'Корзина',
    storage: 'Хранилище',
    activity: 'Журнал',
    settings: 'Настройки',
    notFound: 'Страница не найдена',
  },

  connection: {
    lost: 'Переподключение…',
    hint: 'Сервер не отвечает. Данные на экране могли устареть.',
  },
  errors: {
    unavailable: 'Сервер не отвечает. Попробуйте ещё раз чуть позже.',
    unexpected: 'На этой странице произошла ошибка. Обновите её и попробуйте ещё раз.',
    retry: 'Повторить',
  },
  close: 'Закрыть',
  cancel: 'Отмена',
  dismiss: 'Скрыть',

  types: { video: 'Видео', audio: 'Аудио' },
  jobStates: {
    queued: 'В очереди',
    resolving: 'Открываю ссылку',
    downloading: 'Скачивается',
    converting: 'Конвертируется',
    verifying: 'Проверяется',
    ready: 'Готово',
    failed: 'Ошибка',
    cancelled: 'Отменено',
  },
  handling: { copied: 'Без перекодирования', encoded: 'Перекодировано' },
  handlingHint: {
    copied: 'Изображение и звук точно такие, какими их отдал источник.',
    encoded: 'Преобразовано, чтобы играть на любом устройстве.',
  },

  progress: {
    percent: (percent) => `${percent} %`,
    left: (seconds) => `осталось ${span(seconds)}`,
    speed: bytesPerSecond,
    label: (title) => `Ход загрузки: ${title}`,
    arriving: 'Скачивается',
  },

  library: {
    searchLabel: 'Поиск по библиотеке',
    search: 'Найти',
    filterLabel: 'Показать',
    all: 'Всё',
    sortLabel: 'Сортировка',
    sorts: { newest: 'Сначала новые', oldest: 'Сначала старые', title: 'По названию', longest: 'Сначала длинные' },
    more: 'Показать ещё',
    loading: 'Загрузка библиотеки',
    empty: 'Ваша библиотека пуста',
    emptyHint:
      'Отправьте ссылку боту в Telegram или вставьте её выше. Через несколько секунд её можно будет включить здесь.',
    emptyForVisitors: 'Пока ничего не добавлено. Загляните позже.',
    noMatch: 'Ничего не найдено',
    noMatchHint: 'Попробуйте другие слова или покажите всё.',
    showAll: 'Показать всё',
    actions: (title) => `Действия: ${title}`,
    play: (title) => `Включить ${title}`,
    continue: 'Продолжить с того же места',
    watched: { video: 'Просмотрено', audio: 'Прослушано' },
    playedUpTo: (clock) => `Воспроизведено до ${clock}`,
    timeLeft: (seconds) => `Осталось ${span(seconds)}`,
  },

  signIn: {
    heading: 'Добро пожаловать',
    lead: 'Этот Linkcast закрытый. Войдите по коду — и это устройство вас запомнит.',
    leadForVisitors: 'С кодом вы сможете добавлять ссылки, делиться ими и заказывать музыку на радио.',
    code: 'Код для входа',
    placeholder: 'abcd-efgh-jkmn',
    submit: 'Войти',
    working: 'Выполняется вход…',
    already: 'Вы уже вошли.',
    switchHeading: 'Войти под другим именем?',
    switchLead: (name, role) => `На этом устройстве вход выполнен как ${name} (${role}).`,
    switchHint:
      'Открытая вами ссылка выполнит вход от имени другого человека, и всё, что вы отправите отсюда, будет принадлежать ему. Если вы не ждали такой ссылки, останьтесь под своим именем.',
    switch: 'Войти по ссылке',
    stay: (name) => `Остаться: ${name}`,
    opening: 'Открываем Linkcast…',
    incomplete: 'В коде двенадцать букв и цифр, среди них не бывает i, l, o, 0 и 1.',
    how: 'Как получить код',
    member: 'Через бота',
    memberHint: 'Отправьте ему /signin. Откройте полученную ссылку или введите код здесь.',
    openBot: (botName) => `Открыть @${botName}`,
    owner: 'На сервере',
    ownerHint: 'Владелец получает код командой',
    ownerCommand: 'make sign-in',
    link: 'Войти',
  },

  notices: {
    heading: 'Требует внимания',
    since: (since) => `С ${moment(since)}`,
    dismiss: 'Скрыть в этом браузере',
  },

  health: {
    heading: 'Состояние системы',
    ok: 'Всё работает.',
    degraded: 'Нужно внимание.',
    fine: 'в порядке',
    faulty: 'сбой',
    reachability: 'Из интернета',
    version: (version) => `Версия ${version}`,
  },

  notFound: {
    heading: 'Страница не найдена',
    hint: 'Адрес неверен, или страница переехала.',
  },
  noScript: 'Для воспроизведения Linkcast нужен JavaScript. Включите его, пожалуйста.',
} satisfies Translation<typeof english>;
