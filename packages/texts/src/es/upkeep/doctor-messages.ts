import type { doctorMessages as english } from '../../en/upkeep/doctor-messages.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { bytes, counted, list, moment } = formatsOf('es');

export const doctorMessages = {
  'runtime-found': ({ version }) => version,
  'runtime-none': () => 'falta; sin él, yt-dlp no puede abrir YouTube',
  'ffmpeg-found': ({ version }) => `${version}, con todos los codificadores`,
  'ffmpeg-none': () => 'falta',
  'ffmpeg-lacks': ({ names }) => `no tiene ${list(names)}`,
  'sandbox-landlock': () => 'ffmpeg y yt-dlp funcionan aislados con Landlock',
  'sandbox-bubblewrap': () => 'ffmpeg y yt-dlp funcionan aislados con bubblewrap',
  'sandbox-none': () => 'ffmpeg y yt-dlp funcionan sin aislamiento',
  'worker-silent': () => 'no se sabe: ningún proceso de descarga lo ha indicado',
  'disk-speed-measured': ({ bytesPerSecond }) => `escribe ${bytes(bytesPerSecond)} por segundo`,
  'disk-unwritable': ({ code }) => `no se puede escribir en MEDIA_DIR (${code})`,
  'inodes-enough': () => 'en el sistema de archivos caben muchos más',
  'inodes-few': ({ count }) =>
    `en el sistema de archivos solo caben ${counted(count, { one: 'archivo', many: 'de archivos', other: 'archivos' })} más`,
  'backup-newest': ({ madeAt }) => `la última correcta es del ${moment(madeAt)}`,
  'backup-absent': () => 'no hay ninguna',
  'settings-accepted': () => 'todas las partes responden, así que la aceptan',
  'parts-silent': ({ names }) => `no responden: ${list(names)}`,
  'telegram-token-works': ({ name }) => `el token es de @${name}`,
  'clock-right': () => 'correcto',
  'clock-off': ({ seconds }) =>
    `se desvía ${counted(seconds, { one: 'segundo', many: 'de segundos', other: 'segundos' })}`,
  'clock-unknown': () => 'no se ha podido comparar: Internet no responde',

  'do-install-runtime': () =>
    'Con Docker, ejecuta make up: crea la imagen de nuevo. Sin Docker, ejecuta make modules y make downloader.',
  'do-install-ffmpeg': () =>
    'Con Docker, ejecuta docker compose build --no-cache yt-app y después make up. Sin Docker, instala el ffmpeg de Debian.',
  'do-install-sandbox': () =>
    'Instala bubblewrap (make local lo hace). Si ya está instalado, este sistema no permite espacios de nombres de usuario: docs/decisions/0010-sandbox.md.',
  'do-check-disk-speed': () =>
    'Las descargas esperan a este disco. Comprueba qué más lo usa, su cable y su estado (smartctl -a).',
  'do-check-disk': () =>
    'Comprueba que el disco está montado, que no es de solo lectura y que pertenece al usuario que ejecuta Linkcast.',
  'do-free-inodes': () => 'Elimina contenido que no necesites o crea el sistema de archivos con más inodos.',
  'do-check-settings': () =>
    'Ejecuta make doctor en el servidor: indica la opción que una parte no acepta. O consulta make logs.',
  'do-check-router': () =>
    'Redirige los puertos del router a este equipo y comprueba el nombre de dominio y el cortafuegos.',
  'do-set-clock': () => 'Activa la sincronización horaria: timedatectl set-ntp true',
} satisfies Translation<typeof english>;
