import type { siteJobs as english } from '../../en/site/jobs.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';
import { childCounts } from '../child-counts.ts';
import { listWords } from '../list-words.ts';

const { moment, number } = formatsOf('es');

/** Spanish: {@link english}. */
export const siteJobs = {
  add: {
    heading: '¿Qué quieres reproducir?',
    lead: 'Pega un enlace de YouTube, Vimeo, SoundCloud u otros mil sitios.',
    field: 'Enlace a un vídeo o una canción',
    placeholder: 'Pega un enlace',
    paste: 'Pegar',
    pasteRefused: 'El navegador ha bloqueado el portapapeles. Pega tú el enlace en el campo.',
    asVideo: 'Verlo',
    asVideoHint: 'Vídeo, se reproduce mientras se descarga',
    asAudio: 'Escucharlo',
    asAudioHint: 'MP3, y también suena en la radio',
    quality: 'Calidad máxima',
    qualities: {
      best: 'La mejor disponible',
      '2160p': '4K',
      '1440p': '1440p',
      '1080p': 'Full HD',
      '720p': 'HD',
      '480p': '480p',
      '360p': '360p',
    },
    visibility: 'Quién lo ve',
    missing: 'Primero pega un enlace.',
    shared: 'Compartido con Linkcast',
    noLink: 'Lo que has compartido no tiene ningún enlace. Pega uno aquí.',
    accepted: 'Añadido',
    watchNow: 'Ver ahora',
    listenNow: 'Escuchar ahora',
    another: 'Añadir otro',
    openQueue: 'Ver la cola',
    reading: 'Leyendo el enlace…',
    list: { ...listWords, more: (count) => `…y ${number(count)} más` },
  },

  queue: {
    heading: 'Cola',
    active: 'En curso',
    waiting: 'En espera',
    turns: 'Las descargas van por turnos: un enlace tuyo puede empezar antes que otros más antiguos de los demás.',
    failed: 'Con error',
    finished: 'Terminadas',
    empty: 'Todavía no hay tareas',
    emptyHint: 'Envía un enlace al bot de Telegram o añade uno aquí.',
    idle: 'Nada en curso. Envía un enlace y aparecerá aquí.',
    cancel: 'Cancelar',
    cancelled: 'Cancelado.',
    children: childCounts,
    repair: 'Reparación de un elemento dañado',
    nextTry: (at) => `Próximo intento: ${moment(at)}.`,
    retryNow: 'Reintentar ahora',
    retry: 'Reintentar',
    watch: 'Ver',
    listen: 'Escuchar',
    more: 'Mostrar tareas anteriores',
    loading: 'Cargando la cola',
  },
} satisfies Translation<typeof english>;
