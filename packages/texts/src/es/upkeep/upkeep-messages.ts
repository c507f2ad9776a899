import type { upkeepMessages as english } from '../../en/upkeep/upkeep-messages.ts';
import { firstOf } from '../../first-of.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted, date, list } = formatsOf('es');

const steps = ({ httpPort, httpsPort }: { readonly httpPort: number; readonly httpsPort: number }): string =>
  `En el router, redirige el puerto 80 al puerto ${httpPort} y el puerto 443 al puerto ${httpsPort} de este equipo.`;

/** Spanish: {@link english}. */
export const upkeepMessages = {
  silent: () => 'no responde',
  answers: () => 'responde',
  'check-failed': () => 'no se ha podido comprobar',

  'workers-busy': ({ count }) =>
    counted(count, {
      one: 'proceso de descarga conectado',
      many: 'de procesos de descarga conectados',
      other: 'procesos de descarga conectados',
    }),
  'workers-none': () => 'ningún proceso de descarga conectado',
  'downloader-versions': ({ versions, days }) =>
    `yt-dlp ${versions.join(', ')}${days === null ? '' : `, de hace ${counted(days, { one: 'día', many: 'de días', other: 'días' })}`}`,
  'downloader-none': () => 'ningún proceso de descarga tiene una versión segura de yt-dlp',
  'queue-open': () => 'las tareas pueden empezar',
  'queue-paused-storage': () => 'en pausa hasta que haya espacio en el disco',
  'queue-paused-network': () => 'en pausa: no se puede acceder a varios sitios; se prueba una tarea cada vez',
  'queue-paused-downloader': () => 'en pausa: el descargador falla en varios sitios; se prueba una tarea cada vez',
  'database-disk-full': () => 'no se puede escribir: su disco está lleno',
  'database-read-only': () => 'no se puede escribir: su disco es de solo lectura',
  'storage-fine': () => 'por debajo del límite',
  'storage-over-limit': () => 'por encima de STORAGE_LIMIT: elimina algo y vacía la papelera',
  'storage-unknown': () => 'no se ha podido medir',
  'station-on-air': ({ count }) =>
    `en directo, ${counted(count, { one: 'oyente', many: 'de oyentes', other: 'oyentes' })}`,

  'name-check-right': ({ name }) => `${name} apunta aquí`,
  'name-check-wrong': ({ name }) => `${name} no apunta aquí`,
  'name-check-failing': ({ name }) => `no se ha podido comprobar o actualizar ${name}`,
  'name-check-unknown': ({ name }) => `${name} aún no se ha comprobado`,

  'volume-present': () => 'se puede escribir',
  'volume-missing': ({ marker }) =>
    `MEDIA_DIR no contiene la biblioteca; puede que su disco no esté montado. No se elimina nada y no se aceptan tareas nuevas. Para usar esta carpeta de todos modos, crea en ella un archivo vacío llamado ${marker}; los elementos sin archivos desaparecerán de la lista.`,
  'volume-foreign': ({ marker }) =>
    `MEDIA_DIR contiene la biblioteca de otra instalación. No se elimina nada y no se aceptan tareas nuevas. Para usar esta carpeta de todos modos, vacía el archivo ${marker} que hay en ella; los elementos sin archivos desaparecerán de la lista.`,
  'library-in-order': () => 'correcta',
  'library-checking': () => 'se están comparando sus carpetas con la base de datos; las tareas nuevas empiezan después',
  'library-kept': ({ count, ids }) =>
    `${counted(count, { one: 'carpeta', many: 'de carpetas', other: 'carpetas' })} de MEDIA_DIR sin poder leerse; no se han tocado: ${firstOf(count, ids)}`,

  'reach-local': () => 'DOMAIN_NAME no está configurado, así que nadie puede llegar al sitio desde fuera.',
  'reach-silent': () => 'Desconocido: los servicios que mantienen el nombre y el certificado no responden.',
  'reach-not-checked': ({ name }) => `Aún no se ha comprobado si ${name} es accesible desde fuera.`,
  'reach-fine': ({ name }) => `${name} es accesible.`,
  'reach-only-https': ({ name, httpPort }) =>
    `${name} es accesible por https. El puerto 80 no llega hasta aquí, así que las direcciones que empiezan por http:// no funcionan: redirige el puerto 80 al puerto ${httpPort} de este equipo.`,
  'reach-validated': ({ name, at }) => `La autoridad de certificación llegó a ${name} el ${date(at)}.`,
  'reach-unseen': ({ name, ...ports }) =>
    `${name} no es accesible desde la red doméstica. Muchos routers no lo permiten, así que pruébalo con un teléfono sin wifi. ${steps(ports)}`,
  'reach-closed-outside': ({ name, ...ports }) =>
    `La autoridad de certificación no ha podido llegar a este equipo en ${name} por el puerto 80. ${steps(ports)}`,
  'reach-closed': ({ name, ...ports }) => `${name} no responde. ${steps(ports)}`,
  'reach-strange': ({ name, ...ports }) => `En ${name} responde otro servidor, quizá el propio router. ${steps(ports)}`,
  'reach-carrier-nat': ({ address }) =>
    `El proveedor de Internet comparte una dirección entre varios clientes (CGNAT; el router tiene ${address}), así que nadie puede conectarse desde fuera. Pide al proveedor una dirección IPv4 pública.`,
  'reach-second-router': ({ address, ...ports }) =>
    `El router está detrás de otro router (tiene la dirección privada ${address}). Redirige también allí los dos puertos, o pon aquel en modo puente. ${steps(ports)}`,
  'reach-wrong-address': ({ name, served, own }) => {
    const target = served.length === 0 ? 'ninguna dirección' : list(served);
    return own === null
      ? `${name} apunta a ${target}, que no es esta conexión.`
      : `${name} apunta a ${target}, pero esta conexión tiene la dirección ${own}.`;
  },
} satisfies Translation<typeof english>;
