import type { siteSharing as english } from '../../en/site/sharing.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, moment, timeAgo } = formatsOf('es');

/** Spanish: {@link english}. */
export const siteSharing = {
  share: {
    share: 'Compartir',
    heading: 'Compartir',
    radioHeading: 'Compartir la radio',
    hint: 'Cualquiera que tenga el enlace puede reproducir esto, y nada más.',
    radioHint:
      'Para reproductores, altavoces y coches que no pueden iniciar sesión. Cualquiera que tenga el enlace puede escuchar.',
    lifetime: 'Válido durante',
    days: (count) => counted(count, { one: 'día', many: 'de días', other: 'días' }),
    make: 'Crear un enlace',
    makeAnother: 'Crear otro enlace',
    link: 'El enlace',
    linkHint: 'Solo se muestra una vez. Si lo pierdes, crea otro.',
    copy: 'Copiar',
    copied: 'Copiado. Pégalo donde quieras.',
    send: 'Enviar…',
    copyVlc: 'Copiar enlace para VLC',
    copyFile: 'Copiar enlace del MP3',
    copyStream: 'Copiar dirección de la emisión',
    copiedStream: 'Copiado. Pégalo en el reproductor.',
    list: 'Enlaces activos',
    until: (at) => `Hasta el ${moment(at)}`,
    made: (at) => `Creado ${timeAgo(at)}`,
    stop: 'Dejar de compartir',
    stopOf: (at) => `Dejar de compartir el enlace válido hasta el ${moment(at)}`,
    stopped: 'Ese enlace ya no funciona.',
    loading: 'Cargando',
  },

  guest: {
    shared: 'Compartido contigo',
    until: (at) => `Este enlace funciona hasta el ${moment(at)}.`,
    loading: 'Abriendo el enlace compartido',
    endedHeading: 'Este enlace ha caducado',
    endedHint: 'Los enlaces compartidos funcionan durante un tiempo limitado. Pide uno nuevo a quien te lo envió.',
    radioHint: 'Una emisora de radio privada que suena las 24 horas.',
  },
} satisfies Translation<typeof english>;
