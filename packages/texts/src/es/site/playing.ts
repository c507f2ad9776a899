import type { sitePlaying as english } from '../../en/site/playing.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, number, plural } = formatsOf('es');

/** Spanish: {@link english}. */
export const sitePlaying = {
  player: {
    video: (title) => `Vídeo: ${title}`,
    audio: (title) => `Audio: ${title}`,
    arriving: (parts) => (parts === '' ? 'Descargando todavía' : `Descargando todavía – ${parts}`),
    watchable: (watchable, total) => `disponible ${watchable} de ${total}`,
    watchableOnly: (watchable) => `disponible hasta ahora: ${watchable}`,
    catchingUp: 'Esperando a la descarga…',
    buffering: 'Cargando…',
    resumed: (clock) => `Reanudando en ${clock}`,
    fromStart: 'Desde el principio',
    speed: 'Velocidad',
    speedOf: (rate) => `${number(rate, 2)}×`,
    quality: 'Calidad',
    auto: 'Auto',
    autoOf: (height) => `Auto (${height})`,
    height: (height) => `${height}p`,
    pip: 'Imagen en imagen',
    pipRefused: 'El navegador no puede abrir una ventana pequeña en este momento.',
    watchableLabel: 'Descargado hasta ahora',
    failures: {
      network: 'Se ha perdido la conexión con el servidor. Comprueba la red e inténtalo de nuevo.',
      media: 'El reproductor no ha podido continuar con este archivo. Volver a intentarlo suele ayudar.',
      unsupported:
        'Este navegador no puede reproducir este archivo. Ábrelo en otro navegador, o copia el enlace para VLC y reprodúcelo allí.',
      missing: 'El archivo no está en el servidor. Puede que se haya eliminado.',
    },
  },

  radio: {
    heading: 'Radio',
    onAir: 'En directo',
    offAir: 'Fuera de antena',
    connecting: 'Conectando…',
    reconnecting: 'La emisión se ha interrumpido. Reconectando…',
    failed: 'La radio no responde. Inténtalo de nuevo en un minuto.',
    silence: 'No suena nada',
    silenceHint: 'Envía un enlace como audio, al bot o aquí. Sonará cuando esté listo.',
    silenceForVisitors: 'Habrá música cuando alguien la añada.',
    offHint: 'La emisora volverá pronto.',
    play: 'Escuchar',
    stop: 'Detener',
    volume: 'Volumen',
    skip: 'Saltar esta pista',
    skipped: 'Suena la siguiente pista.',
    listeners: (count) => counted(count, { one: 'oyente', many: 'de oyentes', other: 'oyentes' }),
    delay: (seconds) =>
      `Todo se oye ${plural(seconds, { one: 'alrededor de un segundo', many: `unos ${seconds} de segundos`, other: `unos ${seconds} segundos` })} después de emitirse.`,
    next: 'A continuación',
    nothingNext: 'Sin peticiones: la emisora reproduce toda la biblioteca por turno.',
    history: 'Acaba de sonar',
    requested: 'La próxima',
    request: 'Pedir una pista',
    requestHint: 'Suena antes que el resto.',
    requestSearch: 'Buscar música',
    requestNone: 'Ninguna música coincide.',
    requestEmpty: 'Todavía no hay música en la biblioteca.',
    requestOne: (title) => `Poner ${title} a continuación`,
    bar: 'Reproductor de la radio',
    open: 'Abrir la radio',
  },
} satisfies Translation<typeof english>;
