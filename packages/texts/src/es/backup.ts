import type { backup as english } from '../en/backup.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';

const { bytes, counted, date } = formatsOf('es');
const unchanged = 'No se ha cambiado nada.';
const items = (count: number): string => counted(count, { one: 'elemento', many: 'de elementos', other: 'elementos' });

export const backup = {
  made: ({ path, size, count }) =>
    `La copia de seguridad está completa: ${path} (${bytes(size)} sin los archivos multimedia; ${items(count)} en la biblioteca).`,
  secretsEncrypted: 'Contiene los secretos, cifrados. Solo BACKUP_PASSPHRASE los abre: guárdala también en otro lugar.',
  secretsLeftOut: 'No contiene los secretos, como el token del bot. Con BACKUP_PASSPHRASE se incluyen, cifrados.',
  mediaIncluded: 'Contiene los archivos multimedia.',
  mediaListed: 'No contiene los archivos multimedia, solo su lista. Con INCLUDE_MEDIA=1 se incluyen.',
  deleted: ({ count }) => `Se han eliminado copias antiguas: ${count} (BACKUP_KEEP).`,
  failed: ({ reason }) => `No se ha hecho ninguna copia de seguridad. ${reason}`,

  refused: {
    foreign: ({ path }) =>
      `${path} no es una copia de seguridad de Linkcast: no tiene un manifest.json válido. ${unchanged}`,
    damaged: ({ file }) =>
      `Esta copia de seguridad está dañada: ${file} falta, está cortado o ha cambiado. Usa otra. ${unchanged}`,
    newer: `Esta copia de seguridad es de una versión más nueva de Linkcast. Actualiza primero (git pull) y restaura después. ${unchanged}`,
    unreadable: ({ file }) =>
      `No se puede leer ${file} de esta copia de seguridad. Comprueba sus permisos y su disco. ${unchanged}`,
  },
  passphraseNeeded: `Esta copia de seguridad tiene secretos cifrados. Indica BACKUP_PASSPHRASE=…, o WITHOUT_SECRETS=1 para restaurar sin ellos. ${unchanged}`,
  wrongPassphrase: `La contraseña no abre los secretos de esta copia de seguridad. Indica la correcta, o WITHOUT_SECRETS=1 para restaurar sin ellos. ${unchanged}`,
  unauthenticated: `Se indicó una contraseña, pero esta copia de seguridad se hizo sin ella o con una versión anterior: pudo hacerla cualquiera que pueda escribir en su carpeta. Si sabes de dónde viene, WITHOUT_SECRETS=1 la restaura sin secretos. ${unchanged}`,
  settingsUnproved:
    'Nada demuestra quién escribió estos ajustes. Revísalos uno por uno y quita el # de los que quieras usar:',
  inUse: ({ where }) => `Linkcast está en marcha y usa ${where}. Detenlo primero. ${unchanged}`,
  diskFull: 'El disco de DATA_DIR o el de MEDIA_DIR está lleno. Libera espacio y vuelve a ejecutarlo.',
  proved: ({ at, count }) => `La copia de seguridad del ${date(at)} está íntegra: ${items(count)} en la biblioteca.`,
  continued: ({ at }) => `Se ha completado la restauración interrumpida de la copia de seguridad del ${date(at)}.`,
  mediaRestored: ({ count }) => `${items(count)}: los archivos multimedia vuelven a estar en MEDIA_DIR.`,
  secretsRestored: 'Los secretos se han restaurado. Lo que .env indique tiene prioridad.',
  secretsKept:
    'Los secretos de esta instalación se quedan como están. Define de nuevo los demás en .env, como TELEGRAM_TOKEN.',
  aside: ({ path }) => `Lo que había antes está en ${path}. Elimínalo cuando todo funcione.`,
  restored: 'Todo se ha restaurado. Inicia Linkcast con make up o make local.',
  access:
    'Quien fue eliminado o cerró su sesión después de esta copia vuelve a tener acceso: revisa las personas y los dispositivos en el sitio.',

  rebuilt: ({ restored, rebuilt, dropped }) =>
    `La biblioteca coincide con las carpetas: añadidos, ${items(restored + rebuilt)} (${rebuilt} sin media.json legible); retirados por no tener archivos, ${items(dropped)}.`,
  keptFolders: ({ count, ids }) =>
    `No se han podido identificar ${counted(count, { one: 'carpeta', many: 'de carpetas', other: 'carpetas' })}: ${ids}`,
  mediaMissing: ({ path }) =>
    `${path} no es la biblioteca de esta base de datos: su marca falta o es otra. ¿Está montado el disco? ${unchanged}`,
} satisfies Translation<typeof english>;
