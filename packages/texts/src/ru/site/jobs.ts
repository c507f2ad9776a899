import type { siteJobs as english } from '../../en/site/jobs.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';
import { childCounts } from '../child-counts.ts';
import { listWords } from '../list-words.ts';

const { moment, number } = formatsOf('ru');

/** Russian: {@link english}. */
export const siteJobs = {
  add: {
    heading: 'Что включить?',
    lead: 'Вставьте ссылку с YouTube, Vimeo, SoundCloud или одного из тысячи других сайтов.',
    field: 'Ссылка на видео или песню',
    placeholder: 'Вставьте ссылку',
    paste: 'Вставить',
    pasteRefused: 'Браузер не дал доступ к буферу обмена. Вставьте ссылку в поле сами.',
    asVideo: 'Смотреть',
    asVideoHint: 'Видео, играет уже во время загрузки',
    asAudio: 'Слушать',
    asAudioHint: 'MP3, прозвучит и на радио',
    quality: 'Максимальное качество',
    qualities: {
      best: 'Лучшее из доступного',
      '2160p': '4K',
      '1440p': '1440p',
      '1080p': 'Full HD',
      '720p': 'HD',
      '480p': '480p',
      '360p': '360p',
    },
    visibility: 'Кто это видит',
    missing: 'Сначала вставьте ссылку.',
    shared: 'Передано в Linkcast',
    noLink: 'В том, что вы передали, нет ссылки. Вставьте её сюда.',
    accepted: 'Добавлено',
    watchNow: 'Смотреть сейчас',
    listenNow: 'Слушать сейчас',
    another: 'Добавить ещё',
    openQueue: 'Открыть очередь',
    reading: 'Открываю ссылку…',
    list: { ...listWords, more: (count) => `…и ещё ${number(count)}` },
  },

  queue: {
    heading: 'Очередь',
    active: 'В работе',
    waiting: 'Ожидают',
    turns: 'Загрузки разных людей чередуются: ваша может начаться раньше чужих, отправленных до неё.',
    failed: 'С ошибкой',
    finished: 'Завершены',
    empty: 'Заданий пока нет',
    emptyHint: 'Отправьте ссылку боту в Telegram или добавьте её здесь.',
    idle: 'Сейчас ничего не скачивается. Отправьте ссылку, и она появится здесь.',
    cancel: 'Отмена',
    cancelled: 'Отменено.',
    children: childCounts,
    repair: 'Восстановление повреждённого файла',
    nextTry: (at) => `Следующая попытка: ${moment(at)}.`,
    retryNow: 'Повторить сейчас',
    retry: 'Повторить',
    watch: 'Смотреть',
    listen: 'Слушать',
    more: 'Показать прежние задания',
    loading: 'Загрузка очереди',
  },
} satisfies Translation<typeof english>;
