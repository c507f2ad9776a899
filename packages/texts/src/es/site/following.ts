import type { siteFollowing as english } from '../../en/site/following.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, date, moment } = formatsOf('es');

/** Spanish: {@link english}. */
export const siteFollowing = {
  following: {
    heading: 'Lo que sigo',
    open: 'Lo que sigo',
    hint: 'Canales, listas y feeds cuyos vídeos nuevos llegan solos.',
    loading: 'Cargando lo que sigues',
    empty: 'Aún no sigues nada',
    emptyHint: 'Pega arriba el enlace de un canal, una lista o un feed.',
    link: 'Enlace de un canal, una lista o un feed',
    type: 'Como',
    follow: 'Seguir',
    followed: 'Ahora lo sigues.',
    reading: 'Leyendo la lista…',
    options: 'Opciones',
    optionsHeading: (title) => `Opciones de ${title}`,
    frequency: 'Comprobar',
    frequencies: {
      '1': 'cada hora',
      '6': 'cada 6 horas',
      '24': 'una vez al día',
      '168': 'una vez a la semana',
      night: 'de noche, a las 4:00',
      own: 'como ahora',
    },
    fields: {
      last: 'Traer también los más nuevos que ya hay: cuántos',
      include: 'Solo títulos con una de estas palabras, separadas por comas',
      exclude: 'Ningún título con una de estas palabras',
      since: 'Nada anterior a',
      keepLast: 'Conservar solo los más nuevos: cuántos',
      keepDays: 'Conservar durante estos días',
    },
    nextCheck: (at) => `próxima comprobación: ${moment(at)}`,
    paused: 'en pausa',
    waiting: (count) =>
      counted(count, { one: 'vídeo en espera', many: 'de vídeos en espera', other: 'vídeos en espera' }),
    lastNew: (at) => `último nuevo: ${date(at)}`,
    since: (at) => `Desde el ${date(at)}.`,
    check: 'Comprobar ahora',
    checking: 'Se comprueba en menos de un minuto.',
    pause: 'Pausar',
    go: 'Continuar',
    change: 'Opciones',
    stop: 'Dejar de seguir',
    stopHeading: '¿Dejar de seguir?',
    stopHint: (title) => `De «${title}» ya no llegará nada nuevo. Lo que hay se queda en la biblioteca.`,
    stopped: 'Ya no lo sigues.',
  },
} satisfies Translation<typeof english>;
