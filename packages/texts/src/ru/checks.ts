import type { checks as english } from '../en/checks.ts';
import type { Translation } from '../translation.ts';

/** Russian: {@link english}. */
export const checks = {
  database: 'база данных',
  worker: 'процесс загрузки',
  downloader: 'загрузчик',
  'media volume': 'папка библиотеки',
  'disk space': 'место на диске',
  station: 'радио',
  library: 'библиотека',
  'public name': 'доменное имя',
  certificate: 'сертификат',
  reachable: 'доступность снаружи',
} satisfies Translation<typeof english>;
