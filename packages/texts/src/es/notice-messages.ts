import type { noticeMessages as english } from '../en/notice-messages.ts';
import { firstOf } from '../first-of.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';

const { bytes, counted, date, duration, percent, plural } = formatsOf('es');
const readLogs = 'Ejecuta make logs para ver los detalles.';

/** Spanish: {@link english}. */
export const noticeMessages = {
  'reported-error': ({ sentence }) => sentence,

  'name-notice': ({ name }) => `Desde hace más de una hora hay un problema con ${name}: puede que no apunte aquí.`,
  'name-silent-notice': () => 'El actualizador DDNS no responde desde hace una hora.',
  'certificate-missing-notice': ({ name }) =>
    `Desde hace más de una hora no se ha podido obtener un certificado para ${name}. Linkcast seguirá intentándolo.`,
  'certificate-due-notice': ({ name, until }) =>
    `El certificado de ${name} es válido hasta el ${date(until)} y ya debería haberse renovado. Linkcast seguirá intentándolo.`,
  'certificate-last-week-notice': ({ name, days }) =>
    `El certificado de ${name} caduca ${plural(days, { one: 'en menos de un día', many: `en ${days} de días`, other: `en ${days} días` })} y todavía no se ha podido renovar.`,
  'certificate-expired-notice': ({ name, until }) =>
    `El certificado de ${name} caducó el ${date(until)}: los navegadores muestran una advertencia.`,
  'certificate-silent-notice': () => 'certbot no responde desde hace una hora.',

  'library-rebuilt-notice': ({ count }) =>
    `La descripción de ${counted(count, { one: 'elemento', many: 'de elementos', other: 'elementos' })} de la biblioteca estaba dañada. He recuperado lo que contienen los archivos. El título es «Recovered item» con la fecha. Solo los propietarios los ven hasta que les cambies el nombre en el sitio y los muestres a todos.`,
  'library-kept-notice': ({ count, ids }) =>
    `No se han podido leer ${counted(count, { one: 'carpeta', many: 'de carpetas', other: 'carpetas' })} de MEDIA_DIR: ${firstOf(count, ids)}. No se ha eliminado nada.`,
  'disk-filling-notice': ({ room, limit }) =>
    `El disco de la biblioteca está casi lleno: quedan ${bytes(room)} hasta que esté ocupado al ${percent(limit)} (STORAGE_LIMIT).`,
  'disk-full-notice': ({ limit }) =>
    `El disco de la biblioteca está lleno: está ocupado al ${percent(limit)} (STORAGE_LIMIT). Las descargas nuevas fallan.`,
  'data-disk-filling-notice': ({ room }) => `El disco de DATA_DIR está casi lleno: quedan ${bytes(room)}.`,
  'data-disk-full-notice': ({ room }) =>
    `El disco de DATA_DIR está lleno: quedan ${bytes(room)}. Pronto no se podrá guardar nada.`,

  'downloader-old-notice': ({ version, days }) =>
    `yt-dlp ${version} tiene ${counted(days, { one: 'día', many: 'de días', other: 'días' })}. Los sitios cambian constantemente, así que las descargas pueden fallar.`,
  'downloader-missing-notice': () =>
    'Desde hace más de diez minutos ningún proceso de descarga tiene una versión segura de yt-dlp, así que no se ejecuta ninguna tarea.',
  'worker-missing-notice': () =>
    'Desde hace más de cinco minutos no hay ningún proceso de descarga conectado, así que no se ejecuta ninguna tarea.',
  'queue-stuck-notice': ({ count }) =>
    `Hay ${counted(count, { one: 'tarea en espera', many: 'de tareas en espera', other: 'tareas en espera' })} y un proceso de descarga libre, pero desde hace más de 15 minutos no ha empezado ninguna tarea.`,

  'database-failing-notice': () => 'La base de datos no responde, así que no se puede leer ni guardar nada.',
  'database-slow-notice': ({ seconds }) =>
    `La base de datos responde con lentitud desde hace más de cinco minutos: la última comprobación tardó ${duration(seconds)}.`,

  'do-fix-name': () => 'Comprueba DDNS_PROVIDER y su clave, o apunta el nombre aquí en el sitio web del proveedor.',
  'do-fix-certificate': () => 'Ejecuta make cert-staging: intenta obtener un certificado de prueba e indica qué falla.',
  'do-read-logs': () => readLogs,
  'do-check-folders': () => 'Revisa estas carpetas y elimina las que no necesites.',
  'do-free-disk': () => 'Elimina algo de la biblioteca o traslada MEDIA_DIR a un disco más grande.',
  'do-free-data-disk': () => 'Libera espacio en ese disco o traslada DATA_DIR a uno más grande.',
  'do-update-downloader': () =>
    'Para actualizar yt-dlp con Docker, ejecuta docker compose build --no-cache yt-app y después make up. Sin Docker, elimina .tools/yt-dlp y vuelve a ejecutar make local.',
  'do-start-worker': () => `Vuelve a iniciar Linkcast con make up o make local. ${readLogs}`,
  'do-check-database': () =>
    `Comprueba que el servidor de la base de datos está en marcha y que su disco tiene espacio. ${readLogs}`,
  'do-check-database-load': () => 'Comprueba la carga y el disco del equipo que tiene la base de datos.',
} satisfies Translation<typeof english>;
