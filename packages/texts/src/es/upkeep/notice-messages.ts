import type { noticeMessages as english } from '../../en/upkeep/notice-messages.ts';
import { firstOf } from '../../first-of.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

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
    `La descripción de ${counted(count, { one: 'elemento', many: 'de elementos', other: 'elementos' })} de la biblioteca estaba dañada. Linkcast ha recuperado lo que contienen los archivos. El título es «Recovered item» con la fecha. Solo los propietarios los ven hasta que les cambies el nombre en el sitio y los muestres a todos.`,
  'items-damaged-notice': ({ count }) =>
    `Los archivos de ${counted(count, { one: 'elemento', many: 'de elementos', other: 'elementos' })} de la biblioteca faltan, están incompletos, han cambiado desde su publicación o no se pueden decodificar por completo. El sitio señala estos elementos y Linkcast los descarga de nuevo.`,
  'items-lost-notice': ({ count }) =>
    `Los archivos de ${counted(count, { one: 'elemento', many: 'de elementos', other: 'elementos' })} de la biblioteca faltan, están incompletos, han cambiado o no se pueden decodificar por completo, y no se han podido descargar de nuevo. El sitio señala estos elementos.`,
  'library-kept-notice': ({ count, ids }) =>
    `No se han podido leer ${counted(count, { one: 'carpeta', many: 'de carpetas', other: 'carpetas' })} de MEDIA_DIR: ${firstOf(count, ids)}. No se ha eliminado nada.`,
  'disk-filling-notice': ({ room, limit }) =>
    `El disco de la biblioteca está casi lleno: quedan ${bytes(room)} hasta que esté ocupado al ${percent(limit)} (STORAGE_LIMIT).`,
  'disk-full-notice': ({ limit }) =>
    `El disco de la biblioteca está lleno: está ocupado al ${percent(limit)} (STORAGE_LIMIT). Las descargas nuevas esperan hasta que haya espacio.`,
  'data-disk-filling-notice': ({ room }) => `El disco de DATA_DIR está casi lleno: quedan ${bytes(room)}.`,
  'data-disk-full-notice': ({ room }) =>
    `El disco de DATA_DIR está lleno: quedan ${bytes(room)}. Pronto no se podrá guardar nada.`,

  'downloader-old-notice': ({ version, days }) =>
    `yt-dlp ${version} tiene ${counted(days, { one: 'día', many: 'de días', other: 'días' })}. Los sitios cambian constantemente, así que las descargas pueden fallar.`,
  'downloader-missing-notice': () =>
    'Desde hace más de diez minutos ningún proceso de descarga tiene una versión segura de yt-dlp, así que no se ejecuta ninguna tarea.',
  'downloader-rolled-back-notice': ({ version, to }) =>
    `yt-dlp ${version} falló donde ${to} funciona, así que se vuelve a usar ${to}. Linkcast tomará la siguiente versión por sí solo.`,
  'downloader-altered-notice': ({ version }) =>
    `Se rechazó yt-dlp ${version}: no está firmado con la clave de sus autores o sus archivos se alteraron. La versión actual se mantiene.`,
  'downloader-unusable-notice': ({ version }) =>
    `Se rechazó yt-dlp ${version}: no superó la prueba en este servidor. La versión actual se mantiene y Linkcast lo intenta de nuevo una vez al día.`,
  'downloader-unreachable-notice': () =>
    'Hace más de dos días que no se puede acceder a las versiones de yt-dlp. La versión actual se mantiene.',
  'worker-missing-notice': () =>
    'Desde hace más de cinco minutos no hay ningún proceso de descarga conectado, así que no se ejecuta ninguna tarea.',
  'queue-paused-network-notice': () =>
    'Ha fallado el acceso a varios sitios en poco tiempo, así que este servidor parece estar sin conexión. Las tareas esperan y continuarán solas cuando la recupere.',
  'queue-paused-downloader-notice': () =>
    'El descargador falla en varios sitios, así que las tareas esperan. De vez en cuando se prueba una; cuando funcione, continuarán todas.',
  'profiles-faulty-notice': ({ count, line }) =>
    `profiles.yaml tiene ${counted(count, { one: 'error', many: 'de errores', other: 'errores' })}, el primero en la línea ${line}. Hasta que se reinicie Linkcast, siguen en vigor los perfiles anteriores al cambio.`,
  'cookies-expiring-notice': ({ name, until }) => `Las cookies de ${name} que usan todos caducan el ${date(until)}.`,
  'cookies-expired-notice': ({ name }) => `Las cookies de ${name} que usan todos han caducado.`,
  'deliveries-failed-notice': ({ name, count }) =>
    `${counted(count, { one: 'entrega', many: 'de entregas', other: 'entregas' })} a «${name}»: fallo definitivo.`,
  'queue-stuck-notice': ({ count }) =>
    `Hay ${counted(count, { one: 'tarea en espera', many: 'de tareas en espera', other: 'tareas en espera' })} y un proceso de descarga libre, pero desde hace más de 15 minutos no ha empezado ninguna tarea.`,

  'database-disk-full-notice': () =>
    'El disco de la base de datos está lleno. Lo que hay en la biblioteca se puede ver, pero no se puede añadir ni cambiar nada. Linkcast continuará por su cuenta cuando haya espacio.',
  'database-read-only-notice': () =>
    'El disco de la base de datos es de solo lectura. Lo que hay en la biblioteca se puede ver, pero no se puede añadir ni cambiar nada. Linkcast continuará por su cuenta cuando se pueda volver a escribir.',
  'database-restored-notice': ({ at, madeAt }) =>
    `La base de datos se dañó el ${date(at)}. Linkcast ha restaurado la copia de seguridad del ${date(madeAt)} y ha apartado el archivo dañado. Se han perdido las personas, los ajustes y las tareas posteriores. Los elementos añadidos después vuelven a estar en la biblioteca, pero no consta quién los pidió.`,
  'database-lost-notice': ({ at }) =>
    `La base de datos se dañó el ${date(at)} y no había copia de seguridad. Linkcast ha reconstruido la biblioteca a partir de las carpetas y ha apartado el archivo dañado. Se han perdido las personas, las sesiones, los enlaces compartidos, las tareas y las posiciones.`,
  'database-failing-notice': () => 'La base de datos no responde, así que no se puede leer ni guardar nada.',
  'database-slow-notice': ({ seconds }) =>
    `La base de datos responde con lentitud desde hace más de cinco minutos: la última comprobación tardó ${duration(seconds)}.`,

  'do-fix-name': () => 'Comprueba DDNS_PROVIDER y su clave, o apunta el nombre aquí en el sitio web del proveedor.',
  'do-fix-certificate': () => 'Ejecuta make cert-staging: intenta obtener un certificado de prueba e indica qué falla.',
  'do-read-logs': () => readLogs,
  'do-check-item-disk': () => 'Comprueba el disco con make doctor: puede estar fallando.',
  'do-replace-items': () =>
    'Comprueba el disco con make doctor. Restaura los archivos de una copia de seguridad o envía los enlaces de nuevo: Linkcast los descarga otra vez. Después elimina los elementos dañados.',
  'do-check-folders': () => 'Revisa estas carpetas y elimina las que no necesites.',
  'do-free-disk': () =>
    'Elimina algo de la biblioteca y vacía la papelera, o traslada MEDIA_DIR a un disco más grande.',
  'do-empty-trash': ({ trash }) =>
    `Vacía la papelera: su contenido ocupa ${bytes(trash)}. O traslada MEDIA_DIR a un disco más grande.`,
  'do-free-data-disk': () => 'Libera espacio en ese disco o traslada DATA_DIR a uno más grande.',
  'do-update-downloader': () =>
    'Si este servidor puede acceder a github.com, Linkcast actualiza yt-dlp por sí solo; YTDLP_CHANNEL=nightly trae versiones a diario. Para actualizar el instalado con Docker, ejecuta docker compose build --no-cache yt-app y después make up. Sin Docker, elimina .tools/yt-dlp y vuelve a ejecutar make local.',
  'do-check-releases': () =>
    'Hoy no hay que hacer nada. Si continúa, comprueba YTDLP_RELEASES_URL y YTDLP_SIGNED_BY, y avisa a los autores de yt-dlp.',
  'do-pin-downloader': () =>
    'Comprueba que este servidor puede acceder a github.com, o pon YTDLP_CHANNEL=pinned para usar a propósito la versión instalada.',
  'do-check-profiles': () => 'La página de ajustes del sitio muestra todos los errores de profiles.yaml.',
  'do-check-deliveries': () =>
    'La página de ajustes del sitio dice por qué. Reintenta allí las entregas, o elimina el destino.',
  'do-renew-cookies': () =>
    'Vuelve a iniciar sesión en el sitio, exporta las cookies y dalas en la página de ajustes o envíalas al bot.',
  'do-check-network': () => 'Comprueba la conexión a internet de este servidor y el proxy de salida.',
  'do-start-worker': () => `Vuelve a iniciar Linkcast con make up o make local. ${readLogs}`,
  'do-write-database-disk': () => 'Libera espacio en el disco de DATA_DIR o haz que se pueda volver a escribir.',
  'do-check-database-loss': ({ file }) =>
    `Comprueba el disco (smartctl): puede estar fallando. El archivo dañado es ${file}, en DATA_DIR/yt-app; elimínalo cuando no eches nada en falta. Este aviso termina en dos semanas.`,
  'do-check-database': () =>
    `Comprueba que el servidor de la base de datos está en marcha y que su disco tiene espacio. ${readLogs}`,
  'do-check-database-load': () => 'Comprueba la carga y el disco del equipo que tiene la base de datos.',
} satisfies Translation<typeof english>;
