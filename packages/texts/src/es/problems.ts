import type { CookieFault, ProblemLimit, ProblemType } from '@linkcast/contracts';
import { formatsOf } from '../formats/formats.ts';
import { limitFormat, overLimitSentence, type ProblemText } from '../problem-text.ts';

const formats = formatsOf('es');
const limitOf = limitFormat(formats, { pixels: 'píxeles' });
const of = (limit: ProblemLimit | undefined): string => (limit === undefined ? '' : ` (límite: ${limitOf(limit)})`);

/** Spanish: title and sentence of each problem. */
const cookieFaults: Readonly<Record<CookieFault, string>> = {
  unreadable: 'El archivo no tiene cookies que yo pueda leer. Expórtalo como cookies.txt, en el formato de Netscape.',
  'other-site': 'El archivo no tiene cookies de este sitio.',
  'several-sites': 'El archivo tiene cookies de varios sitios. Di de cuál se deben usar.',
  'too-many': 'El archivo tiene demasiadas cookies de este sitio.',
  expired: 'Todas las cookies del archivo han caducado. Vuelve a iniciar sesión en el sitio y expórtalas de nuevo.',
};

export const problems: Readonly<Record<ProblemType, ProblemText>> = {
  'malformed-request': {
    title: 'Petición incorrecta',
    sentence: () => 'No se ha podido leer la petición. Envía JSON, por ejemplo {"url": "https://…", "type": "video"}.',
  },
  'missing-url': { title: 'Falta la url', sentence: () => 'Falta el parámetro «url»' },
  'invalid-request': {
    title: 'Petición no válida',
    sentence: () => 'La petición tiene campos que faltan, que se desconocen o que están fuera de rango.',
  },
  'invalid-url': {
    title: 'Enlace no válido',
    sentence: () => 'No puedo abrir este enlace. Envía una dirección web completa que empiece por https:// o http://.',
  },
  'source-forbidden': {
    title: 'Dirección privada',
    sentence: () =>
      'Este enlace lleva a una red privada, y solo descargo de la Internet pública. El propietario puede permitir la dirección con ALLOW_PRIVATE_SOURCES.',
  },
  'unsupported-media-type': {
    title: 'Tipo de contenido no admitido',
    sentence: () => 'Envía la petición como application/json.',
  },
  'unsupported-protocol': {
    title: 'Protocolo no compatible',
    sentence: () => 'Solo acepto archivos por la versión 1.0.0 del protocolo tus.',
  },
  'request-too-large': {
    title: 'Petición demasiado grande',
    sentence: () => 'La petición es demasiado grande. Solo necesito un enlace y un tipo.',
  },
  'method-not-allowed': { title: 'Método no permitido', sentence: () => 'Esta dirección no admite ese método.' },
  'not-found': { title: 'No encontrado', sentence: () => 'No encontrado. Puede que se haya eliminado.' },
  unauthorized: {
    title: 'Sesión no iniciada',
    sentence: () => 'Primero inicia sesión: envía /signin al bot y abre el enlace que recibas.',
  },
  'sign-in-refused': {
    title: 'No se ha podido iniciar sesión',
    sentence: () =>
      'No se ha podido iniciar sesión: cada código funciona una sola vez y durante poco tiempo. Envía /signin al bot para recibir uno nuevo.',
  },
  forbidden: { title: 'No permitido', sentence: () => 'No tienes permiso para hacer esto.' },
  'passkey-refused': {
    title: 'Llave de acceso no aceptada',
    sentence: () =>
      'Esta llave de acceso no se ha aceptado. Puede que se haya revocado o que haya pasado demasiado tiempo. Inténtalo de nuevo o inicia sesión con un código.',
  },
  'not-invited': {
    title: 'Sin invitación',
    sentence: () => 'No conozco esta cuenta. Pide una invitación a un propietario.',
  },
  'invitation-refused': {
    title: 'Invitación no válida',
    sentence: () => 'Esta invitación no es válida: se ha agotado, se ha retirado o es demasiado antigua. Pide otra.',
  },
  'telegram-link-refused': {
    title: 'Enlace no válido',
    sentence: () => 'Este enlace ya no funciona: ha caducado o lo ha abierto otra cuenta. Crea uno nuevo en el sitio.',
  },
  'telegram-taken': {
    title: 'Cuenta de otra persona',
    sentence: () =>
      'Esta cuenta de Telegram ya pertenece a otra persona de aquí, y no se ha cambiado nada. Para conservar solo la del sitio, pide a un propietario que elimine la otra y vuelve a conectarla.',
  },
  'last-way-in': {
    title: 'La única forma de entrar',
    sentence: () => 'Es tu única forma de iniciar sesión. Primero añade otra: una llave de acceso o Telegram.',
  },
  'last-owner': {
    title: 'Último propietario',
    sentence: () =>
      'Alguien tiene que seguir siendo propietario: primero haz propietaria a otra persona. Quien lo es desde la propia máquina siempre lo sigue siendo.',
  },
  'too-many-requests': {
    title: 'Demasiadas peticiones',
    sentence: () => 'Demasiadas peticiones. Espera un momento e inténtalo de nuevo.',
  },
  conflict: {
    title: 'No es posible ahora',
    sentence: () => 'Esto no es posible ahora mismo. Puede que entretanto haya terminado o cambiado.',
  },
  'playlist-choice': {
    title: 'Varios vídeos',
    sentence: ({ videos }) =>
      `Este enlace es una lista${videos === undefined ? '' : ` de ${formats.counted(videos, { one: 'vídeo', many: 'de vídeos', other: 'vídeos' })}`}. Elige un vídeo o todos.`,
  },
  'not-a-list': {
    title: 'No es una lista',
    sentence: () => 'Este enlace es un solo vídeo. Solo se puede seguir un canal, una lista o un feed.',
  },
  'already-followed': { title: 'Ya la sigues', sentence: () => 'Ya sigues esta lista.' },
  'too-many-followed': {
    title: 'Demasiadas listas',
    sentence: () => 'Ya sigues 100 listas, y no se admiten más. Deja de seguir alguna antes.',
  },
  'delivery-unconfirmed': {
    title: 'Clave sin confirmar',
    sentence: () =>
      'Nadie ha confirmado todavía la clave de este servidor. Prueba la conexión, compara la clave con la del servidor y confírmala.',
  },
  'delivery-host-key': {
    title: 'Otro servidor',
    sentence: () =>
      'El servidor muestra una clave distinta de la confirmada, así que no se ha enviado nada. Puede haber alguien en medio, o el servidor se ha instalado de nuevo. Compara las claves antes de confirmar la nueva.',
  },
  'delivery-login': {
    title: 'Acceso rechazado',
    sentence: () => 'El servidor rechaza el usuario, la contraseña o la clave.',
  },
  'delivery-unreachable': {
    title: 'Servidor inaccesible',
    sentence: () => 'No se puede llegar al servidor de la entrega, o no responde.',
  },
  'delivery-refused': {
    title: 'Escritura rechazada',
    sentence: () => 'No se puede escribir el archivo en ese lugar. Revisa la carpeta y sus permisos.',
  },
  'delivery-full': {
    title: 'Destino lleno',
    sentence: () => 'No queda espacio en el destino del archivo.',
  },
  'delivery-mismatch': {
    title: 'Entrega dañada',
    sentence: () => 'El archivo que ha llegado no es el que se envió.',
  },
  'delivery-folder-unset': {
    title: 'Sin carpeta de entregas',
    sentence: () => 'Aquí no hay carpeta para entregas. Configura DELIVERY_DIR y comprueba que su disco está montado.',
  },
  'too-many-targets': {
    title: 'Demasiados destinos',
    sentence: () => 'Hay 20 destinos de entrega, que es el máximo.',
  },
  'cookies-refused': {
    title: 'Cookies no aceptadas',
    sentence: ({ cookies }) => (cookies === undefined ? 'No se han aceptado las cookies.' : cookieFaults[cookies]),
  },
  'idempotency-conflict': {
    title: 'Clave ya usada',
    sentence: () => 'Esta Idempotency-Key se usó para otra petición. Usa una clave nueva para cada petición.',
  },
  'lease-lost': { title: 'Asignación perdida', sentence: () => 'Este proceso ya no tiene asignado ese trabajo.' },
  'queue-full': { title: 'Cola llena', sentence: () => 'La cola está llena. Inténtalo más tarde.' },
  'source-not-found': {
    title: 'No encontrado en la fuente',
    sentence: () =>
      'No se ha encontrado nada en este enlace. Puede que se haya retirado o que la dirección sea incorrecta.',
  },
  'source-private': {
    title: 'Privado en la fuente',
    sentence: () => 'Este vídeo es privado o solo para miembros del canal.',
  },
  'source-refused': {
    title: 'Rechazado por la fuente',
    sentence: () =>
      'El sitio rechaza a este servidor y no dice por qué. Puede que pida iniciar sesión o que tome el servidor por un robot.',
  },
  'source-login': {
    title: 'La fuente pide iniciar sesión',
    sentence: () =>
      'El sitio solo muestra esto tras iniciar sesión, y no tengo cuenta. Puede que otro enlace funcione.',
  },
  'source-age-restricted': {
    title: 'Restringido por edad',
    sentence: () => 'El sitio pide una prueba de edad, y no la tengo.',
  },
  'source-geo-blocked': {
    title: 'No disponible en este país',
    sentence: () => 'El sitio no ofrece esto en el país de este servidor.',
  },
  'source-rate-limited': {
    title: 'Demasiadas peticiones a la fuente',
    sentence: () => 'El sitio ha recibido demasiadas peticiones de este servidor.',
  },
  'source-captcha': {
    title: 'El sitio pide una prueba de que hay una persona',
    sentence: () =>
      'El sitio toma este servidor por un robot y pide una prueba de que hay una persona. A menudo se pasa con el tiempo.',
  },
  'source-unsupported': {
    title: 'No se ha encontrado contenido',
    sentence: () => 'No he encontrado vídeo ni audio en este enlace.',
  },
  'source-drm': { title: 'Protegido con DRM', sentence: () => 'Esto está protegido con DRM y no se puede descargar.' },
  'source-not-media': {
    title: 'No es contenido multimedia',
    sentence: () => 'El enlace ha entregado algo que no es contenido multimedia, como una página web.',
  },
  'source-upcoming': {
    title: 'Emisión anunciada',
    sentence: ({ startsAt }) =>
      startsAt === undefined
        ? 'Esta emisión no ha empezado todavía.'
        : `Esta emisión empieza el ${formats.deadline(startsAt)}.`,
  },
  'source-live': {
    title: 'Emisión en directo',
    sentence: () =>
      'Esta emisión llega en una forma que no se puede grabar. Vuelve a enviar el enlace cuando haya terminado.',
  },
  'source-unreachable': {
    title: 'Fuente inaccesible',
    sentence: () => 'No se ha podido conectar con el sitio. Puede que no funcione o que el enlace sea incorrecto.',
  },
  'outbound-proxy-failed': {
    title: 'El proxy de salida no funciona',
    sentence: () =>
      'El proxy de salida por el que se iba a llegar al sitio no funciona. El propietario puede revisarlo en los ajustes.',
  },
  'source-stalled': {
    title: 'La fuente se ha detenido',
    sentence: () => 'El sitio ha dejado de enviar datos.',
  },
  'source-truncated': {
    title: 'Fuente incompleta',
    sentence: () => 'El archivo de la fuente está incompleto.',
  },
  'source-damaged': {
    title: 'Fuente dañada',
    sentence: ({ damagedSeconds }) =>
      `Una parte del archivo de la fuente está dañada${damagedSeconds === undefined ? '' : `: ${formats.duration(damagedSeconds)} no se pueden reproducir`}. No se ha añadido.`,
  },
  'source-unknown': {
    title: 'Sin origen',
    sentence: () => 'No hay ningún enlace desde el que se pueda volver a descargar.',
  },
  'source-not-better': {
    title: 'Nada mejor',
    sentence: () => 'El origen no tiene nada mejor que lo que hay aquí. No se ha cambiado nada.',
  },
  'source-changed': {
    title: 'El origen ha cambiado',
    sentence: () => 'El enlace lleva ahora a algo de otra duración. No se ha cambiado nada.',
  },
  'source-extractor': {
    title: 'Sitio aún no compatible',
    sentence: () =>
      'El sitio ha cambiado y el descargador todavía no lo admite. El propietario puede actualizar el descargador; suele ayudar.',
  },
  'over-limit': {
    title: 'Límite alcanzado',
    sentence: overLimitSentence(formats, {
      jobsPerDay: (used, limit, freeAt) =>
        `Has enviado ${formats.counted(used, { one: 'enlace', many: 'enlaces', other: 'enlaces' })} en las últimas 24 horas y tu límite es ${limit}.${freeAt === null ? '' : ` Podrás enviar el siguiente a partir del ${freeAt}.`}`,
      storageBytes: (used, limit) =>
        `Tus elementos ocupan ${used} y tu límite es ${limit}. Elimina alguno e inténtalo de nuevo.`,
      openJobs: (used, limit) =>
        `Tienes ${formats.counted(used, { one: 'descarga', many: 'descargas', other: 'descargas' })} sin terminar y tu límite es ${limit}. Envía el siguiente enlace cuando termine alguna.`,
      any: 'Has alcanzado uno de tus límites. Inténtalo más tarde.',
    }),
  },
  'too-long': { title: 'Demasiado largo', sentence: ({ limit }) => `Esto supera la duración máxima${of(limit)}.` },
  'too-large': { title: 'Demasiado grande', sentence: ({ limit }) => `Esto supera el tamaño máximo${of(limit)}.` },
  'storage-full': {
    title: 'Almacenamiento lleno',
    sentence: () => 'El disco está casi lleno. Elimina algo de la biblioteca y vacía la papelera.',
  },
  'storage-read-only': {
    title: 'No se puede guardar nada',
    sentence: () =>
      'El disco del servidor es de solo lectura, así que no se puede añadir ni cambiar nada. Lo que hay en la biblioteca se puede ver.',
  },
  'storage-failing': {
    title: 'El disco da errores',
    sentence: () =>
      'No se ha podido leer o escribir en un disco del servidor. Puede estar fallando: su propietario debería revisarlo.',
  },
  'program-killed': {
    title: 'Programa interrumpido',
    sentence: () =>
      'La descarga se ha interrumpido: un programa de este servidor se cerró antes de terminar, por ejemplo por falta de memoria.',
  },
  'resources-exhausted': {
    title: 'Servidor saturado',
    sentence: () => 'Este servidor tenía demasiado trabajo y no pudo iniciar lo que la descarga necesita.',
  },
  'conversion-failed': {
    title: 'Error de conversión',
    sentence: () => 'No se ha podido convertir el contenido. Puede que esté dañado.',
  },
  'verification-failed': {
    title: 'Error de comprobación',
    sentence: () =>
      'Los archivos terminados no han superado la comprobación final, así que no se han añadido. Inténtalo de nuevo.',
  },
  'item-unavailable': {
    title: 'Elemento no utilizable',
    sentence: () =>
      'El elemento se ha eliminado o ha cambiado entretanto, o sus archivos están dañados. No se ha cambiado nada.',
  },
  'attempts-exhausted': {
    title: 'Demasiadas interrupciones',
    sentence: () => 'La tarea se ha interrumpido tres veces. Inténtalo de nuevo cuando el servidor esté estable.',
  },
  'media-missing': {
    title: 'Biblioteca no encontrada',
    sentence: () =>
      'Falta la carpeta de la biblioteca; puede que su disco no esté montado. No se ha eliminado nada, y Linkcast continuará cuando la carpeta vuelva.',
  },
  'station-unavailable': {
    title: 'Radio no disponible',
    sentence: () => 'La radio no responde. Inténtalo de nuevo en un minuto.',
  },
  'server-starting': {
    title: 'El servidor se está iniciando',
    sentence: () => 'El servidor no responde. Suele volver en un minuto; inténtalo de nuevo.',
  },
  'downloader-unavailable': {
    title: 'Descargador no disponible',
    sentence: () =>
      'Falta el descargador o es demasiado antiguo para ser seguro, así que no se aceptan tareas. El propietario puede ejecutar make doctor para ver los detalles.',
  },
  'database-unavailable': {
    title: 'Base de datos no disponible',
    sentence: () =>
      'No se puede acceder a la base de datos en este momento. No se ha perdido nada. Inténtalo de nuevo en un minuto.',
  },
  internal: {
    title: 'Error interno',
    sentence: () =>
      'Algo ha fallado en el servidor. Inténtalo de nuevo. Si se repite, el propietario puede ver el motivo en el registro.',
  },
};
