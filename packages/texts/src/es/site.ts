import type { site as english } from '../en/site.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';
import { siteActivity } from './site/activity.ts';
import { siteCollections } from './site/collections.ts';
import { siteDeliveries } from './site/deliveries.ts';
import { siteFollowing } from './site/following.ts';
import { siteItem } from './site/item.ts';
import { siteItemJobs } from './site/item-jobs.ts';
import { siteJobs } from './site/jobs.ts';
import { siteLimits } from './site/limits.ts';
import { siteLive } from './site/live.ts';
import { siteMarks } from './site/marks.ts';
import { sitePeople } from './site/people.ts';
import { sitePlaying } from './site/playing.ts';
import { siteProfiles } from './site/profiles.ts';
import { siteSettings } from './site/settings.ts';
import { siteSharing } from './site/sharing.ts';
import { siteStorage } from './site/storage.ts';
import { siteUploads } from './site/uploads.ts';

const { bytesPerSecond, counted, moment, span } = formatsOf('es');

/** Spanish: {@link english}. */
export const site = {
  ...siteActivity,
  ...siteCollections,
  ...siteDeliveries,
  ...siteFollowing,
  ...siteItem,
  ...siteItemJobs,
  ...sitePeople,
  ...siteProfiles,
  ...siteSettings,
  ...siteLimits,
  ...siteLive,
  ...siteMarks,
  ...siteSharing,
  ...siteStorage,
  ...siteUploads,
  ...sitePlaying,
  ...siteJobs,
  locale: 'es',
  name: 'Linkcast',
  tagline: 'Envía un enlace. Se reproduce en segundos.',
  skipToContent: 'Ir al contenido',

  nav: { label: 'Principal', library: 'Biblioteca', radio: 'Radio', queue: 'Cola', add: 'Añadir' },
  queueBadge: (count) =>
    counted(count, { one: 'tarea en curso', many: 'de tareas en curso', other: 'tareas en curso' }),
  titles: {
    library: 'Biblioteca',
    radio: 'Radio',
    queue: 'Cola',
    add: 'Añadir un enlace',
    signIn: 'Iniciar sesión',
    join: 'Invitación',
    people: 'Personas',
    following: 'Lo que sigo',
    trash: 'Papelera',
    storage: 'Almacenamiento',
    activity: 'Actividad',
    settings: 'Ajustes',
    notFound: 'Página no encontrada',
  },

  connection: {
    lost: 'Reconectando…',
    hint: 'El servidor no responde. Lo que ves puede no estar actualizado.',
  },
  errors: {
    unavailable: 'El servidor no responde. Inténtalo de nuevo en un momento.',
    unexpected: 'Algo ha fallado en esta página. Recárgala e inténtalo de nuevo.',
    retry: 'Reintentar',
  },
  close: 'Cerrar',
  cancel: 'Cancelar',
  dismiss: 'Descartar',

  types: { video: 'Vídeo', audio: 'Audio' },
  jobStates: {
    queued: 'En cola',
    resolving: 'Abriendo el enlace',
    downloading: 'Descargando',
    converting: 'Convirtiendo',
    verifying: 'Comprobando',
    ready: 'Listo',
    failed: 'Error',
    cancelled: 'Cancelado',
  },
  handling: { copied: 'Copiado', encoded: 'Recodificado' },
  handlingHint: {
    copied: 'La imagen y el sonido son exactamente como los envió la fuente.',
    encoded: 'Convertido para que se reproduzca en cualquier dispositivo.',
  },

  progress: {
    percent: (percent) => `${percent} %`,
    left: (seconds) => `faltan ${span(seconds)}`,
    speed: bytesPerSecond,
    label: (title) => `Progreso de ${title}`,
    arriving: 'Descargando',
  },

  library: {
    searchLabel: 'Buscar en la biblioteca',
    search: 'Buscar',
    filterLabel: 'Mostrar',
    all: 'Todo',
    sortLabel: 'Ordenar por',
    sorts: { newest: 'Más recientes', oldest: 'Más antiguos', title: 'Título', longest: 'Más largos' },
    more: 'Mostrar más',
    loading: 'Cargando la biblioteca',
    empty: 'Tu biblioteca está vacía',
    emptyHint: 'Envía un enlace al bot de Telegram o pega uno arriba. Podrás reproducirlo aquí en segundos.',
    emptyForVisitors: 'Todavía no hay nada. Vuelve más tarde.',
    noMatch: 'Sin resultados',
    noMatchHint: 'Prueba con otras palabras o muéstralo todo.',
    showAll: 'Mostrar todo',
    actions: (title) => `Acciones para ${title}`,
    play: (title) => `Reproducir ${title}`,
    continue: 'Sigue donde lo dejaste',
    watched: { video: 'Visto', audio: 'Escuchado' },
    playedUpTo: (clock) => `Reproducido hasta ${clock}`,
    timeLeft: (seconds) => `Quedan ${span(seconds)}`,
  },

  signIn: {
    heading: 'Te damos la bienvenida',
    lead: 'Este Linkcast es privado. Inicia sesión con un código; después, este dispositivo la conservará.',
    leadForVisitors: 'Con un código puedes añadir enlaces, compartir y pedir música en la radio.',
    code: 'Código de inicio de sesión',
    placeholder: 'abcd-efgh-jkmn',
    submit: 'Iniciar sesión',
    working: 'Iniciando sesión…',
    already: 'Ya has iniciado sesión.',
    switchHeading: '¿Iniciar sesión como otra persona?',
    switchLead: (name, role) => `La sesión de este dispositivo es de ${name} (${role}).`,
    switchHint:
      'El enlace que has abierto inicia la sesión de otra persona en este dispositivo, y lo que envíes desde aquí será suyo. Si no esperabas un enlace así, conserva tu sesión.',
    switch: 'Usar el enlace',
    stay: (name) => `Seguir como ${name}`,
    opening: 'Abriendo Linkcast…',
    incomplete: 'Un código tiene doce letras y cifras, y nunca i, l, o, 0 ni 1.',
    how: 'Cómo obtener un código',
    member: 'Con el bot',
    memberHint: 'Envíale /signin. Abre el enlace que recibas o escribe aquí el código.',
    openBot: (botName) => `Abrir @${botName}`,
    owner: 'En el servidor',
    ownerHint: 'El propietario obtiene un código con',
    ownerCommand: 'make sign-in',
    link: 'Iniciar sesión',
  },

  notices: {
    heading: 'Requiere tu atención',
    since: (since) => `Desde el ${moment(since)}`,
    dismiss: 'Ocultar en este navegador',
  },

  health: {
    heading: 'Estado del sistema',
    ok: 'Todo funciona.',
    degraded: 'Algo requiere atención.',
    fine: 'correcto',
    faulty: 'con fallos',
    reachability: 'Desde Internet',
    version: (version) => `Versión ${version}`,
  },

  notFound: {
    heading: 'Página no encontrada',
    hint: 'La dirección es incorrecta o la página ha cambiado de sitio.',
  },
  noScript: 'Linkcast necesita JavaScript para reproducir. Actívalo, por favor.',
} satisfies Translation<typeof english>;
