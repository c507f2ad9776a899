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

const { bytes, bytesPerSecond, counted, date, deadline, duration, list, number, plural } = formatsOf('es');

/** Spanish: {@link english}. */
export const bot = {
  name: 'Linkcast',
  tried: triedWays,
  cookies,
  deliveries,
  greeting: 'Envíame un enlace y se reproducirá en tu propio sitio en segundos.',
  commands: {
    dv: 'Descargar un vídeo',
    da: 'Descargar audio, para escucharlo y para la radio',
    follow: 'Seguir un canal, una lista o un feed',
    following: 'Lo que sigo',
    signin: 'Iniciar sesión en el sitio',
    signout: 'Cerrar todas las sesiones',
    reports: 'Avisos de lo que añades en el sitio',
    stats: 'Estado del sistema',
    doctor: 'Comprobarlo todo',
    deliveries: 'Últimas entregas',
    cancel: 'Cancelar mi pregunta',
    help: 'Cómo usar este bot',
    start: 'Empezar',
  },
  help: [
    'Pega un enlace y elige vídeo o audio. O escríbelo en una línea: /dv y el enlace, o /da y el enlace.',
    'Los vídeos, la música y los mensajes de voz que me envíes o reenvíes pasan a tu biblioteca.',
    'Puedes ver un vídeo mientras todavía se descarga. Lo que envías con /da también suena en la radio.',
    'Cada descarga tiene un botón Cancelar. Su enlace se abre para quien haya iniciado sesión; Compartir crea uno para los demás, por tiempo limitado.',
    'Para ver toda la biblioteca, envía /signin. Recibirás un enlace que inicia tu sesión en el sitio.',
  ],
  menuButton: 'Abrir',

  askForLink: {
    video: 'Envía el enlace del vídeo.',
    audio: 'Envía el enlace de la música o de la charla.',
  },
  notALink: 'En tu mensaje no hay ningún enlace. Envía uno que empiece por https://, o /cancel.',
  linkInGroup: (command) => `En un grupo, envía el enlace en la misma línea: /${command} https://…`,
  tooManyLinks: (limit) =>
    `Acepto como máximo ${counted(limit, { one: 'enlace', many: 'de enlaces', other: 'enlaces' })} por mensaje. Envía los demás en otro mensaje.`,
  chooseType: '¿Vídeo o audio?',
  cancelled: 'Cancelado.',
  nothingToCancel: 'No hay nada que cancelar. Para detener una descarga, usa su botón Cancelar.',
  unknownText: 'Envíame un enlace, o /help.',
  /** A video, audio, voice message or document instead of a link. */
  file: {
    tooLarge: (page) =>
      `Este archivo es demasiado grande para mí: Telegram entrega a los bots 20 MB como máximo. Súbelo en el sitio: ${page}`,
    title: { video: 'Vídeo de Telegram', audio: 'Audio de Telegram' },
  },

  refusal: 'Este bot es privado. Si conoces a su propietario, pídele una invitación.',
  claimed: '¡Hola! Ahora eres propietario de este Linkcast.',
  joined: '¡Hola! Ya formas parte de este Linkcast.',
  alreadyIn: 'Ya tienes acceso. Envíame un enlace, o /help.',
  connection: {
    question: (name: string) => `¿Conectar esta cuenta de Telegram con «${name}» en el sitio?`,
    warning:
      'Di que sí solo si acabas de elegir tú «Conectar Telegram» en el sitio. Lo que me envíes se añadirá entonces con ese nombre, y podrá verlo la persona que lo usa en el sitio.',
    yes: 'Sí, conectar',
    no: 'No',
    connected: (name: string) => `Conectada: aquí eres ahora «${name}», como en el sitio.`,
    declined: 'No se ha conectado nada.',
    unnamed: 'alguien sin nombre',
  },

  type: { video: '🎬', audio: '🎵' },
  typeName: { video: 'Vídeo', audio: 'Audio' },
  phase: {
    queued: 'En cola',
    resolving: 'Abriendo el enlace',
    downloading: 'Descargando',
    converting: 'Convirtiendo',
    verifying: 'Comprobando',
    ready: 'Listo',
    failed: 'Error',
    cancelled: 'Cancelado',
  },
  readyDamaged: (seconds) => `Listo, pero ${duration(seconds)} no se pueden reproducir`,
  submitting: 'Recibido. Añadiéndolo a la cola…',
  retrying: 'Reintentando…',
  cancelling: 'Cancelando…',
  percent: (percent) => `${percent} %`,
  progress: ({ bytes: done, totalBytes, bytesPerSecond: rate, etaSeconds }) =>
    [
      totalBytes === null ? bytes(done) : `${bytes(done)} de ${bytes(totalBytes)}`,
      rate === null ? '' : bytesPerSecond(rate),
      etaSeconds === null ? '' : `faltan ${duration(etaSeconds)}`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
  handling: { copied: 'copiado sin recodificar', encoded: 'recodificado' },
  apiDown: 'Linkcast no responde. Seguiré intentándolo.',
  apiDownNow: 'Linkcast no responde. Inténtalo de nuevo en un minuto.',
  nextTry: (at) => `Próximo intento: ${deadline(at)}.`,
  keepTrying: 'Seguiré intentándolo.',
  lost: 'Esta tarea ya no existe. Vuelve a enviar el enlace si todavía lo quieres.',
  gaveUp: 'Linkcast no ha respondido en todo un día, así que he dejado de intentarlo.',
  list: {
    ...listWords,
    unanswered: 'Nadie eligió en un día, así que no se ha añadido nada.',
    failed: (videos) =>
      `No se ha podido descargar ninguno de los ${counted(videos, { one: 'vídeo', many: 'de vídeos', other: 'vídeos' })}. La cola del sitio dice por qué.`,
  },

  watchNow: 'Ver ahora',
  listenNow: 'Escuchar ahora',
  watch: 'Ver',
  listen: 'Escuchar',
  vlc: 'VLC',
  mp3: 'MP3',
  radio: 'Radio',
  cancel: 'Cancelar',
  retry: 'Reintentar',
  retryNow: 'Reintentar ahora',

  sharing: {
    share: 'Compartir',
    stop: 'Dejar de compartir',
    until: (at) => `Cualquiera que tenga los enlaces compartidos puede abrirlos hasta el ${deadline(at)}.`,
    pending: 'Todavía no hay un enlace para compartir. Seguiré intentándolo.',
    stopping: 'Linkcast no responde. Los enlaces compartidos funcionan hasta que vuelva a responder.',
    unshared: 'No compartido: el enlace se abre para quien haya iniciado sesión (/signin).',
  },

  signIn: {
    open: 'Abre este enlace para iniciar sesión:',
    button: 'Iniciar sesión',
    onTv: (page) => `En un televisor, abre ${page} y escribe este código:`,
    onlyHere:
      'El sitio aún no tiene nombre de dominio, así que estas direcciones solo funcionan en el ordenador que lo ejecuta. Consulta «A name, and who gets in» en el README.',
    goodFor: (minutes) =>
      `Funciona una sola vez, durante ${plural(minutes, { one: 'el próximo minuto', many: `los próximos ${minutes} de minutos`, other: `los próximos ${minutes} minutos` })}. No lo compartas: quien lo use iniciará sesión como tú.`,
    inGroup: 'Un enlace de inicio de sesión es solo para ti. Envía /signin en nuestro chat privado.',
    tooMany: (limit) =>
      `Doy a cada persona como máximo ${counted(limit, { one: 'enlace', many: 'de enlaces', other: 'enlaces' })} de inicio de sesión por hora. Inténtalo más tarde.`,
  },
  signedOut: (devices) =>
    devices === 0
      ? 'No había ningún dispositivo con sesión iniciada mediante este bot.'
      : `Sesión cerrada en ${counted(devices, { one: 'dispositivo', many: 'de dispositivos', other: 'dispositivos' })}.`,

  notice: {
    solved: (sentence) => `Resuelto: ${sentence}`,
    unsolved: (since, sentence) => `Sin resolver desde el ${date(since)}: ${sentence}`,
  },

  stats: {
    ownersOnly: 'Esto es solo para el propietario.',
    inGroup: 'Solo respondo a esto en un chat privado: /stats',
    title: (version) => `Linkcast ${version}`,
    ok: 'todo funciona',
    degraded: 'algo requiere atención',
    name: 'Nombre de dominio',
    nameState: {
      off: 'no configurado',
      unknown: 'aún sin comprobar',
      right: 'apunta aquí',
      wrong: 'todavía no apunta aquí',
      failing: 'no se ha podido comprobar o actualizar',
    },
    nameAway: 'el actualizador DDNS no responde',
    address: (family, address) => `IPv${family}: ${address}`,
    noAddress: 'ninguna',
    served: (addresses) =>
      addresses.length === 0 ? 'el DNS no tiene ninguna dirección' : `el DNS tiene ${list(addresses)}`,
    certificate: 'Certificado',
    certificateState: {
      off: 'no hay nombre de dominio',
      missing: 'aún no hay ninguno',
      valid: 'válido',
      due: 'pendiente de renovación',
      expired: 'caducado',
    },
    certificateUntil: (at) => `hasta el ${deadline(at)}`,
    certificateAway: 'certbot no responde',
    lastError: (at, sentence) => `${deadline(at)}: ${sentence}`,
  },

  doctor: {
    inGroup: 'Solo respondo a esto en un chat privado: /doctor',
    title: (version) => `Linkcast ${version}`,
    healthy: 'Todo funciona.',
    faults: (count) =>
      `${counted(count, { one: 'punto requiere', many: 'de puntos requieren', other: 'puntos requieren' })} atención.`,
    more: (count) => `…y ${number(count)} más: ejecuta make doctor en el servidor.`,
  },

  reports: {
    heading: (ready, failed) =>
      [
        ready === 0
          ? ''
          : counted(ready, { one: 'descarga lista', many: 'de descargas listas', other: 'descargas listas' }),
        failed === 0
          ? ''
          : counted(failed, { one: 'descarga fallida', many: 'de descargas fallidas', other: 'descargas fallidas' }),
      ]
        .filter((part) => part !== '')
        .join(', '),
    more: (count) => `…y ${number(count)} más.`,
    children: childCounts,
    open: '▶️ Abrir la biblioteca',
    turnOff: '🔕 No quiero más avisos',
    turnOn: '🔔 Avísame',
    areOn: 'Cuando algo que has añadido en el sitio está listo o ha fallado, te aviso aquí, sin sonido.',
    areOff: 'Aquí no te aviso de lo que pasa con los enlaces que añades en el sitio.',
    turnedOff:
      'Ya no te avisaré de lo que pase con los enlaces que añadas en el sitio. Con /reports vuelves a activarlo.',
    turnedOn: 'A partir de ahora te avisaré aquí de lo que pase con los enlaces que añadas en el sitio.',
  },

  following,
  itemJobs,
  live,

  retention: {
    facts: (size, addedAt, name) =>
      [bytes(size), `añadido el ${date(addedAt)}`, ...(name === null ? [] : [`por ${name}`])].join(' · '),
    question: (until) =>
      `Nadie lo ha visto hasta el final. ¿Se puede eliminar? Sin respuesta hasta el ${date(until)}, se queda.`,
    keep: '📌 Conservar',
    delete: '🗑 Eliminar',
    later: 'Preguntar más tarde',
    kept: 'Se queda: ninguna regla lo elimina. Lo cambia «Dejar de conservar», en su menú del sitio.',
    answered: {
      keep: 'Se queda, y no vuelvo a preguntar por él.',
      delete: 'Está en la papelera, donde se puede restaurar durante 7 días, o hasta que haga falta su espacio.',
      later: 'Vuelvo a preguntar en una semana.',
    },
    changed: 'No ha cambiado nada: otro propietario ha respondido, o alguien lo ve, lo comparte o lo conserva ahora.',
    expired: 'Esta pregunta ya no está abierta. No ha cambiado nada.',
  },

  language: {
    command: 'Cambiar el idioma',
    choose: '¿En qué idioma te escribo?',
    chosen: 'A partir de ahora te escribiré en español.',
  },

  note: {
    onIt: 'Recibido',
    cancelling: 'Cancelando',
    retrying: 'Reintentando',
    sharing: 'Creando un enlace',
    keeping: 'Se conserva',
    stopping: 'Deteniendo',
    tooLate: 'Ya ha terminado',
    notYours: 'Solo puede hacerlo quien lo pidió o un propietario.',
    notAsked: 'Solo puede elegir quien envió el enlace.',
    questionClosed: 'Esta pregunta ya está cerrada. Envía el enlace otra vez.',
  },
} satisfies Translation<typeof english>;
