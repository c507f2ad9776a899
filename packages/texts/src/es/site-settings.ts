import type { siteSettings as english } from '../en/site-settings.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';

const { timeAgo } = formatsOf('es');

/** Spanish: {@link english}. */
export const siteSettings = {
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
