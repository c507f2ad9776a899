import type { checks as english } from '../en/checks.ts';
import type { Translation } from '../translation.ts';

/** Spanish: {@link english}. */
export const checks = {
  database: 'base de datos',
  worker: 'proceso de descarga',
  downloader: 'descargador',
  'media volume': 'carpeta de la biblioteca',
  'disk space': 'espacio en disco',
  queue: 'cola',
  station: 'radio',
  library: 'biblioteca',
  'public name': 'nombre de dominio',
  certificate: 'certificado',
  reachable: 'accesible desde fuera',
  'JavaScript runtime': 'JavaScript de yt-dlp',
  ffmpeg: 'ffmpeg',
  sandbox: 'aislamiento',
  'disk speed': 'velocidad del disco',
  files: 'archivos',
  backup: 'copia de seguridad',
  settings: 'configuración',
  Telegram: 'Telegram',
  clock: 'reloj',
  notice: 'aviso',
} satisfies Translation<typeof english>;
