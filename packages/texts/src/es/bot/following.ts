import type { following as english } from '../../en/bot/following.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, deadline, number } = formatsOf('es');

/** Spanish: {@link english}. */
export const following = {
  how: 'Envía el enlace de un canal, una lista o un feed en la misma línea: /follow https://…',
  chooseType: 'Los vídeos nuevos de esta lista, ¿como vídeo o como audio?',
  started: (title) => `Ahora sigues «${title}». Lo nuevo llega solo. /following muestra todas tus listas.`,
  none: 'No sigues ninguna lista. Para seguir un canal, una lista o un feed: /follow https://…',
  heading: 'Sigues:',
  nextCheck: (at) => `Próxima comprobación: ${deadline(at)}`,
  paused: 'En pausa',
  waiting: (count) =>
    counted(count, { one: 'vídeo en espera', many: 'de vídeos en espera', other: 'vídeos en espera' }),
  more: (count) => `…y ${number(count)} más:`,
  pause: '⏸ Pausar',
  go: '▶️ Continuar',
  stop: '✖️ Dejar',
  wasPaused: (title) => `En pausa: ${title}`,
  continued: (title) => `Sigues de nuevo: ${title}`,
  givenUp: (title, reason) =>
    `No se pudo leer «${title}» durante un mes, así que está en pausa. ${reason} Con /following puedes continuar.`,
  stopped: 'Ya no sigues esta lista. Sus elementos se quedan en la biblioteca.',
} satisfies Translation<typeof english>;
