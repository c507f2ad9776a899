import type { siteSettings as english } from '../../en/site/settings.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { span, timeAgo } = formatsOf('es');

/** Spanish: {@link english}. */
export const siteSettings = {
  account: {
    open: 'Tus ajustes',
    roles: { owner: 'Propietario', member: 'Miembro' },
    unnamed: { owner: 'El propietario', member: 'Un miembro' },
    devices: 'Dispositivos con sesión iniciada',
    current: 'Este dispositivo',
    used: (at) => `Usado ${timeAgo(at)}`,
    usedBy: (name, at) => `${name} · usado ${timeAgo(at)}`,
    signOut: 'Cerrar sesión',
    signOutHere: 'Cerrar sesión en este dispositivo',
    signOutOf: (device) => `Cerrar sesión: ${device}`,
    ended: 'Sesión cerrada en ese dispositivo.',
    loading: 'Cargando',
    another: 'Iniciar sesión en otro dispositivo',
    anotherHint: 'Por ejemplo, un televisor o un portátil. Quien use el código iniciará sesión como tú.',
    makeCode: 'Crear un código',
    codeHint: (address) => `Abre ${address} allí y escribe:`,
    codeLeft: (seconds) => `Funciona una vez, durante ${span(seconds)}.`,
    codeEnded: 'Este código ha caducado.',
    copyCode: 'Copiar enlace de inicio de sesión',
    copiedCode: 'Copiado. Quien lo abra iniciará sesión.',
    rename: 'Cambiar tu nombre',
    renameHeading: 'Tu nombre',
    name: 'Nombre',
    renamed: 'Tu nombre ha cambiado.',
    everywhere: 'Cerrar sesión en todas partes',
    everywhereHeading: '¿Cerrar sesión en todas partes?',
    everywhereHint:
      'Se cerrará la sesión en todos tus dispositivos, también en este. Para volver necesitas una llave de acceso o un código: del bot, o del servidor si es tuyo. Si no tienes nada de eso, pide otra invitación.',
    people: 'Personas e invitaciones',
    visibility: 'Quién ve lo que añades',
    visibilities: { default: 'Lo que diga el servidor', everyone: 'Todos', mine: 'Yo y los propietarios' },
    language: 'Idioma',
  },

  passkeys: {
    heading: 'Llaves de acceso',
    hint: 'Inicia sesión con tu huella, tu cara o el PIN de tu dispositivo, sin código.',
    signIn: 'Entrar con llave de acceso',
    add: 'Añadir llave de acceso',
    adding: 'Esperando al dispositivo…',
    added: 'Ya puedes iniciar sesión con esta llave de acceso.',
    offerHeading: (name) => `Te damos la bienvenida, ${name}`,
    offerLead:
      'Con una llave de acceso puedes volver cuando quieras con tu huella, tu cara o el PIN de este dispositivo. Sin ella, si cierras la sesión necesitarás otra invitación.',
    later: 'Ahora no',
    made: (at) => `Creada ${timeAgo(at)}`,
    used: (at) => `Usada ${timeAgo(at)}`,
    rename: 'Cambiar el nombre de la llave',
    renameOf: (name) => `Cambiar el nombre de ${name}`,
    name: 'Nombre',
    renamed: 'Nombre cambiado.',
    revoke: 'Revocar',
    revokeOf: (name) => `Revocar ${name}`,
    revokeHeading: (name) => `¿Revocar ${name}?`,
    revokeHint:
      'Ya no servirá para iniciar sesión. Las sesiones abiertas siguen abiertas. También puedes eliminarla en el dispositivo.',
    revoked: 'Esa llave de acceso ya no funciona.',
    none: 'Ninguna.',
    elsewhere: (name) =>
      `Las llaves de acceso solo funcionan por HTTPS en ${name}: abre Linkcast allí para añadir una.`,
    noName: (host) =>
      `Las llaves de acceso no funcionan en ${host}: necesitan un nombre con HTTPS, que el propietario indica en DOMAIN_NAME.`,
    noBrowser: 'Este navegador no admite llaves de acceso.',
    prompt: {
      cancelled: 'No se ha usado ninguna llave de acceso. Inténtalo de nuevo o usa un código.',
      known: 'Este dispositivo ya tiene una llave de acceso tuya.',
      failed: 'El dispositivo no ha podido hacerlo. Inténtalo de nuevo o usa un código.',
    },
  },

  telegram: {
    heading: 'Telegram',
    hint: 'Envía enlaces al bot con tu propio nombre y entra en el sitio a través de él.',
    connect: 'Conectar Telegram',
    linkHint:
      'Abre este enlace en el Telegram que quieres conectar o escanea el código con el móvil. Después, el bot te pedirá que lo confirmes.',
    linkLimit:
      'Funciona una sola vez, durante diez minutos. No lo compartas: quien lo abra puede actuar como tú desde Telegram.',
    open: 'Abrir Telegram',
    qrLabel: 'Código QR del enlace',
    expired: 'Este enlace ha caducado.',
    connected: 'Telegram está conectado.',
    connectedHint: (id) => `El bot te conoce: está conectada la cuenta de Telegram con el ID ${id}.`,
    reports: 'Cuando lo que añado aquí está listo',
    reportChoices: { on: 'El bot me avisa', off: 'No me avisa' },
    disconnect: 'Desconectar Telegram',
    disconnectHeading: '¿Desconectar Telegram?',
    disconnectHint:
      'El bot dejará de conocer esta cuenta y se cerrará tu sesión en los demás dispositivos. Lo que has añadido sigue siendo tuyo. Si la cuenta no era tuya, revisa también tus llaves de acceso y tus claves de API.',
    disconnected: 'Telegram está desconectado.',
  },

  keys: {
    heading: 'Claves de API',
    hint: 'Para un script, un atajo o una aplicación que trabaje en tu nombre.',
    make: 'Crear una clave',
    makeHeading: 'Nueva clave de API',
    name: 'Nombre',
    namePlaceholder: 'Atajo de mi móvil',
    may: 'Puede',
    scopes: { watch: 'ver', add: 'añadir', manage: 'administrar' },
    scopeHints: {
      watch: 'Ver y reproducir la biblioteca y la radio',
      add: 'Enviar enlaces, cambiar nombres, eliminar, compartir',
      manage: 'Ver las personas y el estado del servidor',
    },
    key: 'La clave',
    keyHint: 'Solo se muestra una vez. Quien la tenga actúa en tu nombre: guárdala como una contraseña.',
    copy: 'Copiar',
    copied: 'Copiada.',
    copyRefused: 'El navegador ha bloqueado el portapapeles. Copia tú la clave del campo.',
    done: 'Listo',
    unused: (scopes) => `${scopes} · sin usar`,
    used: (scopes, at) => `${scopes} · usada ${timeAgo(at)}`,
    revoke: 'Revocar',
    revokeOf: (name) => `Revocar ${name}`,
    revokeHeading: (name) => `¿Revocar ${name}?`,
    revokeHint: 'Todo lo que use esta clave dejará de funcionar al momento.',
    revoked: 'Esa clave ya no funciona.',
  },
} satisfies Translation<typeof english>;
