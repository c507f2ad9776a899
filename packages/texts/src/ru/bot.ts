import type { bot as english } from '../en/bot.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';
import { childCounts } from './child-counts.ts';
import { cookies } from './bot/cookies.ts';
import { deliveries } from './bot/deliveries.ts';
import { following } from './bot/following.ts';
import { itemJobs } from './bot/item-jobs.ts';
import { live } from './bot/live.ts';
import { listWords } from './list-words.ts';
import { triedWays } from './ways/tried-ways.ts';

const { bytes, bytesPerSecond, counted, date, deadline, duration, list, number, plural } = formatsOf('ru');

/** Russian: {@link english}. */
export const bot = {
  name: 'Linkcast',
  tried: triedWays,
  cookies,
  deliveries,
  greeting: 'Пришлите ссылку, и через несколько секунд она заиграет на вашем собственном сайте.',
  commands: {
    dv: 'Скачать видео',
    da: 'Скачать аудио — послушать и для радио',
    follow: 'Подписаться на канал, плейлист или ленту',
    following: 'Мои подписки',
    signin: 'Войти на сайт',
    signout: 'Выйти на всех устройствах',
    reports: 'Новости о том, что вы добавили на сайте',
    stats: 'Состояние системы',
    doctor: 'Проверить всё',
    deliveries: 'Последние доставки',
    cancel: 'Отменить мой вопрос',
    help: 'Как пользоваться ботом',
    start: 'Начать',
  },
  help: [
    'Вставьте ссылку и выберите видео или аудио. Или напишите одной строкой: /dv и ссылку, либо /da и ссылку.',
    'Видео, музыка и голосовые сообщения, которые вы мне пришлёте или перешлёте, попадут в вашу медиатеку.',
    'Видео можно смотреть, пока оно ещё скачивается. То, что вы отправили через /da, звучит и на радио.',
    'У каждой загрузки есть кнопка «Отмена». Её ссылку открывают все, кто вошёл на сайт; «Поделиться» создаёт на время ссылку для остальных.',
    'Чтобы увидеть всю библиотеку, отправьте /signin. Вы получите ссылку для входа на сайт.',
  ],
  menuButton: 'Открыть',

  askForLink: {
    video: 'Пришлите ссылку на видео.',
    audio: 'Пришлите ссылку на музыку или запись.',
  },
  notALink: 'В вашем сообщении нет ссылки. Пришлите ссылку, которая начинается с https://, или /cancel.',
  linkInGroup: (command) => `В группе присылайте ссылку в той же строке: /${command} https://…`,
  tooManyLinks: (limit) =>
    `В одном сообщении я принимаю не больше ${counted(limit, { one: 'ссылки', few: 'ссылок', many: 'ссылок', other: 'ссылки' })}. Остальные пришлите в другом сообщении.`,
  chooseType: 'Видео или аудио?',
  cancelled: 'Отменено.',
  nothingToCancel: 'Отменять нечего. Чтобы остановить загрузку, нажмите её кнопку «Отмена».',
  unknownText: 'Пришлите ссылку или /help.',
  /** A video, audio, voice message or document instead of a link. */
  file: {
    tooLarge: (page) =>
      `Этот файл слишком велик: Telegram отдаёт ботам не больше 20 МБ. Загрузите его на сайте: ${page}`,
    title: { video: 'Видео из Telegram', audio: 'Аудио из Telegram' },
  },

  refusal: 'Это закрытый бот. Если вы знаете владельца, попросите у него приглашение.',
  claimed: 'Добро пожаловать! Теперь вы владелец этого Linkcast.',
  joined: 'Добро пожаловать! Теперь вы участник этого Linkcast.',
  alreadyIn: 'У вас уже есть доступ. Пришлите ссылку или /help.',
  connection: {
    question: (name: string) => `Подключить этот аккаунт Telegram к «${name}» на сайте?`,
    warning:
      'Отвечайте «да», только если вы сами только что выбрали на сайте «Подключить Telegram». Всё, что вы мне пришлёте, будет добавлено от имени этого человека, и он сможет это видеть.',
    yes: 'Да, подключить',
    no: 'Нет',
    connected: (name: string) => `Подключено: теперь здесь вы «${name}», как на сайте.`,
    declined: 'Ничего не подключено.',
    unnamed: 'кто-то без имени',
  },

  type: { video: '🎬', audio: '🎵' },
  typeName: { video: 'Видео', audio: 'Аудио' },
  phase: {
    queued: 'В очереди',
    resolving: 'Открываю ссылку',
    downloading: 'Скачивается',
    converting: 'Конвертируется',
    verifying: 'Проверяется',
    ready: 'Готово',
    failed: 'Ошибка',
    cancelled: 'Отменено',
  },
  readyDamaged: (seconds) => `Готово, но ${duration(seconds)} не воспроизводится`,
  submitting: 'Принято. Добавляю в очередь…',
  retrying: 'Пробую ещё раз…',
  cancelling: 'Отменяю…',
  percent: (percent) => `${percent} %`,
  progress: ({ bytes: done, totalBytes, bytesPerSecond: rate, etaSeconds }) =>
    [
      totalBytes === null ? bytes(done) : `${bytes(done)} из ${bytes(totalBytes)}`,
      rate === null ? '' : bytesPerSecond(rate),
      etaSeconds === null ? '' : `осталось ${duration(etaSeconds)}`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
  handling: { copied: 'без перекодирования', encoded: 'перекодировано' },
  apiDown: 'Linkcast не отвечает. Продолжаю попытки.',
  apiDownNow: 'Linkcast не отвечает. Попробуйте ещё раз через минуту.',
  nextTry: (at) => `Следующая попытка: ${deadline(at)}.`,
  keepTrying: 'Продолжаю попытки.',
  lost: 'Этого задания больше нет. Если оно ещё нужно, пришлите ссылку снова.',
  gaveUp: 'Linkcast не отвечал целые сутки, поэтому попытки прекращены.',
  list: {
    ...listWords,
    unanswered: 'За сутки никто не сделал выбор, поэтому ничего не добавлено.',
    failed: (videos) => `Не удалось скачать ни одного видео из ${number(videos)}. Причины — в очереди на сайте.`,
  },

  watchNow: 'Смотреть сейчас',
  listenNow: 'Слушать сейчас',
  watch: 'Смотреть',
  listen: 'Слушать',
  vlc: 'VLC',
  mp3: 'MP3',
  radio: 'Радио',
  cancel: 'Отмена',
  retry: 'Повторить',
  retryNow: 'Повторить сейчас',

  sharing: {
    share: 'Поделиться',
    stop: 'Закрыть доступ',
    until: (at) => `Общие ссылки может открыть каждый, у кого они есть. Действуют до: ${deadline(at)}.`,
    pending: 'Общей ссылки пока нет. Продолжаю попытки.',
    stopping: 'Linkcast не отвечает. Пока он не ответит, общие ссылки работают.',
    unshared: 'Доступа для всех нет: ссылка открывается тем, кто вошёл на сайт (/signin).',
  },

  signIn: {
    open: 'Откройте эту ссылку, чтобы войти:',
    button: 'Войти',
    onTv: (page) => `На телевизоре откройте ${page} и введите этот код:`,
    onlyHere:
      'У сайта ещё нет доменного имени, поэтому эти адреса открываются только на компьютере, где он запущен. См. раздел «A name, and who gets in» в README.',
    goodFor: (minutes) =>
      `Ссылка сработает один раз, в течение ${plural(minutes, { one: `${minutes} минуты`, few: `${minutes} минут`, many: `${minutes} минут`, other: `${minutes} минуты` })}. Никому её не передавайте: тот, кто ей воспользуется, войдёт под вашим именем.`,
    inGroup: 'Ссылка для входа предназначена только вам. Отправьте /signin в нашем личном чате.',
    tooMany: (limit) =>
      `Я выдаю одному человеку не больше ${counted(limit, { one: 'ссылки', few: 'ссылок', many: 'ссылок', other: 'ссылки' })} для входа в час. Попробуйте позже.`,
  },
  signedOut: (devices) =>
    devices === 0
      ? 'Через этого бота не выполнен вход ни на одном устройстве.'
      : `Выполнен выход на ${counted(devices, { one: 'устройстве', few: 'устройствах', many: 'устройствах', other: 'устройства' })}.`,

  notice: {
    solved: (sentence) => `Решено: ${sentence}`,
    unsolved: (since, sentence) => `Не решено с ${date(since)}: ${sentence}`,
  },

  stats: {
    ownersOnly: 'Это доступно только владельцу.',
    inGroup: 'На это я отвечаю только в личном чате: /stats',
    title: (version) => `Linkcast ${version}`,
    ok: 'всё работает',
    degraded: 'нужно внимание',
    name: 'Доменное имя',
    nameState: {
      off: 'не задано',
      unknown: 'ещё не проверено',
      right: 'указывает сюда',
      wrong: 'пока не указывает сюда',
      failing: 'не удалось проверить или обновить',
    },
    nameAway: 'служба DDNS не отвечает',
    address: (family, address) => `IPv${family}: ${address}`,
    noAddress: 'нет',
    served: (addresses) => (addresses.length === 0 ? 'в DNS адреса нет' : `в DNS: ${list(addresses)}`),
    certificate: 'Сертификат',
    certificateState: {
      off: 'доменное имя не задано',
      missing: 'пока нет',
      valid: 'действителен',
      due: 'пора продлить',
      expired: 'истёк',
    },
    certificateUntil: (at) => `до ${deadline(at)}`,
    certificateAway: 'certbot не отвечает',
    lastError: (at, sentence) => `${deadline(at)}: ${sentence}`,
  },

  doctor: {
    inGroup: 'На это я отвечаю только в личном чате: /doctor',
    title: (version) => `Linkcast ${version}`,
    healthy: 'Всё работает.',
    faults: (count) =>
      `Требуют внимания: ${counted(count, { one: 'пункт', few: 'пункта', many: 'пунктов', other: 'пункта' })}.`,
    more: (count) => `…и ещё ${number(count)}: выполните make doctor на сервере.`,
  },

  reports: {
    heading: (ready, failed) =>
      [ready === 0 ? '' : `Готово: ${number(ready)}.`, failed === 0 ? '' : `Не удалось: ${number(failed)}.`]
        .filter((part) => part !== '')
        .join(' '),
    more: (count) => `…и ещё ${number(count)}.`,
    children: childCounts,
    open: '▶️ Открыть библиотеку',
    turnOff: '🔕 Больше не сообщать',
    turnOn: '🔔 Сообщать',
    areOn: 'Когда то, что вы добавили на сайте, будет готово или загрузка не удастся, я напишу вам здесь, без звука.',
    areOff: 'Я не сообщаю здесь, что стало со ссылками, которые вы добавляете на сайте.',
    turnedOff:
      'Больше не буду сообщать, что стало со ссылками, которые вы добавляете на сайте. Включить снова: /reports.',
    turnedOn: 'Теперь буду сообщать здесь, что стало со ссылками, которые вы добавляете на сайте.',
  },

  following,
  itemJobs,
  live,

  retention: {
    facts: (size, addedAt, name) =>
      [bytes(size), `добавлено ${date(addedAt)}`, ...(name === null ? [] : [name])].join(' · '),
    question: (until) => `Никто не досмотрел до конца. Можно удалить? Без ответа до ${date(until)} всё останется.`,
    keep: '📌 Оставить',
    delete: '🗑 Удалить',
    later: 'Спросить позже',
    kept: 'Останется: правила это не удалят. Отменить можно на сайте: «Больше не хранить» в меню записи.',
    answered: {
      keep: 'Останется, больше об этом не спрошу.',
      delete: 'Теперь это в корзине: можно восстановить в течение 7 дней или пока не понадобится место.',
      later: 'Спрошу снова через неделю.',
    },
    changed:
      'Ничего не изменилось: уже ответил другой владелец, или теперь это кто-то смотрит, хранит или этим поделились.',
    expired: 'Этот вопрос больше не открыт. Ничего не изменилось.',
  },

  language: {
    command: 'Сменить язык',
    choose: 'На каком языке вам писать?',
    chosen: 'Теперь я буду писать по-русски.',
  },

  note: {
    onIt: 'Принято',
    cancelling: 'Отменяю',
    retrying: 'Пробую ещё раз',
    sharing: 'Создаю ссылку',
    keeping: 'Оставляю',
    stopping: 'Закрываю доступ',
    tooLate: 'Уже завершено',
    notYours: 'Это может сделать только тот, кто отправил запрос, или владелец.',
    notAsked: 'Выбрать может только тот, кто отправил ссылку.',
    questionClosed: 'Этот вопрос уже закрыт. Отправьте ссылку ещё раз.',
  },
} satisfies Translation<typeof english>;
