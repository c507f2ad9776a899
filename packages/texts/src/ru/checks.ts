import type { checks as english } from '../en/checks.ts';
import type { Translation } from '../translation.ts';

/** Russian: {@link english}. */
export const checks = {
  database: 'база данных',
  worker: 'процесс загрузки',
  downloader: 'загрузчик',
  'media volume': 'папка библиотеки',
  'disk space': 'место на диске',
  queue: 'очередь',
  station: 'радио',
  library: 'библиотека',
  'public name': 'доменное имя',
  certificate: 'сертификат',
  reachable: 'доступность снаружи',
  'JavaScript runtime': 'среда JavaScript для yt-dlp',
  ffmpeg: 'ffmpeg',
  sandbox: 'изоляция',
  'disk speed': 'скорость диска',
  files: 'файлы',
  backup: 'резервная копия',
  settings: 'настройки',
  Telegram: 'Telegram',
  clock: 'часы',
  notice: 'уведомление',
} satisfies Translation<typeof english>;
