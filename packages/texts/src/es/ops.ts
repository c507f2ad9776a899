import type { ops as english } from '../en/ops.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';

const { bytes, counted, moment, percent, plural } = formatsOf('es');

/** Spanish: {@link english}. */
export const ops = {
  inPartUsage:
    'Uso: in-part.sh [--as-owner] PARTE PROGRAMA [ARGUMENTO...], por ejemplo: in-part.sh --as-owner yt-app sign-in-code',
  portTaken: (port, setting) =>
    `El puerto ${port} lo usa otro programa u otro Linkcast que sigue en marcha. Detenlo o elige otro puerto: ${setting}=${port + 1000} make local`,
  portForbidden: (port, setting) =>
    `Este usuario no puede abrir el puerto ${port}. Elige uno superior a 1023: ${setting}=8080 make local`,

  local: {
    starting: 'iniciando; Ctrl-C lo detiene todo',
    stillStarting: 'algunas partes todavía no responden; consulta las líneas anteriores',
    running: (site) => `Linkcast está en marcha: ${site}`,
    signIn: (link) =>
      `Para iniciar sesión como propietario, abre esto antes de un día (make sign-in crea otro): ${link}`,
    stopHint: 'Ctrl-C lo detiene.',
    noToken:
      'El bot no está en marcha porque necesita un token: pídelo a @BotFather, pon TELEGRAM_TOKEN=… en .env y vuelve a empezar.',
    tokenFault: 'Telegram no acepta este token por ahora. Ejecuta make doctor para ver los detalles.',
    claim: (code) => `Si el bot aún no tiene propietario, lo será la primera persona que le envíe esto: /start ${code}`,
    claimLink: (bot, code) => `o que abra https://t.me/${bot}?start=${code}`,
    noSandbox:
      'Aquí ffmpeg y yt-dlp funcionan sin aislamiento: un vídeo malicioso que se aproveche de uno de ellos puede leer todos los archivos que tú puedes leer. Ejecuta make doctor para saber qué hacer.',
    badSettings: (part) => `${part} no acepta su configuración, consulta las líneas anteriores. Deteniéndolo todo.`,
  },

  scripts: {
    dockerNeeded:
      'Linkcast necesita Docker con Compose 2.20+: https://docs.docker.com/engine/install/ . Sin Docker: make local',
    unhealthy: (service) => `${service} no funciona bien. Últimas líneas del registro:`,
    running: (site) => `Linkcast está en marcha: ${site}`,
    signIn: (link) => `Para entrar como propietario, abre esto antes de un día (make sign-in crea otro): ${link}`,
    becomeOwner: (code) => `Para ser el propietario del bot, envíale: /start ${code}`,
    botNeedsToken:
      'El bot no está en marcha porque necesita un token: pídelo a @BotFather, pon TELEGRAM_TOKEN=… en .env y ejecuta make up otra vez.',
    thenBecomeOwner: (code) => `Después envíale: /start ${code}`,
    databaseNeedsDocker:
      'El servidor de base de datos de COMPOSE_PROFILES=postgres solo funciona en Docker. Usa make up, o pon en DATABASE_URL un servidor tuyo.',
    badApiToken: 'API_TOKEN: debe tener al menos 24 de los caracteres A-Z a-z 0-9 . _ ~ + / = -',
    sharedMediaDir: (entry) => `MEDIA_DIR contiene también otras cosas (${entry}), así que sus permisos no cambian.`,
    fixedPermissions: (directory) => `${directory}: no se pueden cambiar sus permisos. Comprueba quién puede leerlo.`,
    installQuestion: (packages) => `¿Instalar ${packages} con apt-get? [Y/n] `,
    packagesMissing: (packages) =>
      `Faltan en este equipo (nombres de paquetes de Debian): ${packages}. Instálalos y vuelve a intentarlo.`,
    nothingInstalled: (packages) => `No se ha instalado nada. Faltan: ${packages}.`,
    installing: (packages) => `Instalando ${packages}`,
    noBackupDir:
      '¿Dónde debe estar la copia de seguridad? Define BACKUP_DIR en .env con una carpeta de otro disco, o ejecuta make backup TO=CARPETA',
    nothingToBackUp: 'Todavía no hay nada que copiar: Linkcast nunca se ha iniciado aquí.',
    restoreUsage:
      '¿Qué copia? Ejecuta make restore FROM=CARPETA con la carpeta de la copia, como /mnt/backup/2026-11-29T03-00-00Z',
    askPassphrase: 'Contraseña de la copia de seguridad: ',
    restoreInterrupted: 'Se interrumpió una restauración. Ejecuta otra vez make restore FROM=… para completarla.',
    rootNeeded: (packages) => `Solo root puede hacerlo: apt-get install --no-install-recommends ${packages}`,
  },

  doctor: {
    ok: 'ok',
    bad: 'MAL',
    note: '–',
    healthy: 'Todo funciona.',
    faults: (count) =>
      `${counted(count, { one: 'punto requiere', many: 'de puntos requieren', other: 'puntos requieren' })} atención.`,
    checks: {
      node: 'Node',
      ffmpeg: 'ffmpeg',
      downloader: 'descargador',
      nginx: 'nginx',
      certbot: 'certbot',
      icecast: 'icecast2',
      ezstream: 'ezstream',
      gpgv: 'gpgv',
      sandbox: 'aislamiento',
      settings: 'configuración',
      ports: 'puertos',
      dns: 'DNS',
      certificate: 'certificado',
      disk: 'disco',
      inodes: 'archivos',
      diskSpeed: 'velocidad del disco',
      backup: 'copia de seguridad',
      clock: 'reloj',
      telegram: 'Telegram',
      stack: 'sistema en marcha',
      notice: 'aviso',
    },
    missing: 'falta',
    installPackages: 'make local lo instala; a mano: sudo apt-get install',
    installNode: 'Ejecuta make modules.',
    noEncoder: (names) => `no tiene ${names}`,
    installFfmpeg: 'Instala el ffmpeg de Debian.',
    tooOld: (version, oldest) => `${version} es anterior a ${oldest}`,
    installDownloader: 'Ejecuta make downloader.',
    fixSettings: 'Corrige .env o el entorno; docs/configuration.md explica todas las opciones.',
    settingsParse: 'todas las partes la aceptan',
    portsFree: 'libres',
    portsOurs: 'los usa el sistema en marcha',
    portsTaken: (list) => `en uso: ${list}`,
    fixPorts: 'Detén los programas que los usan, o cambia HTTP_PORT, HTTPS_PORT y las demás opciones de puertos.',
    dnsWorks: 'los nombres se resuelven',
    dnsFails: (name) => `no se puede resolver ${name}`,
    fixDns: 'Comprueba la red de este equipo y su servidor DNS (/etc/resolv.conf).',
    certificateOff: 'DOMAIN_NAME no está definido',
    certificateAbsent: 'aún no hay ninguno: el sistema en marcha obtiene uno',
    certificateUnreadable: (code) => `solo puede leerlo el usuario que ejecuta Linkcast (${code})`,
    certificateDamaged: 'su archivo está dañado',
    certificateUntil: (iso) => `válido hasta el ${moment(iso)}`,
    certificateExpired: (iso) => `caducó el ${moment(iso)}`,
    disk: (freeBytes, usedRatio) => `${bytes(freeBytes)} libres, ${percent(usedRatio)} ocupado`,
    freeDisk: 'Elimina contenido que no necesites o mueve MEDIA_DIR a un disco mayor.',
    inodesEnough: 'en el sistema de archivos caben muchos más',
    inodesFew: (free) =>
      `en el sistema de archivos solo caben ${counted(free, { one: 'archivo', many: 'de archivos', other: 'archivos' })} más`,
    freeInodes: 'Elimina contenido que no necesites o crea el sistema de archivos con más inodos.',
    diskSpeed: (bytesPerSecond) => `escribe ${bytes(bytesPerSecond)} por segundo`,
    fixDiskSpeed: 'Las descargas esperan a este disco. Comprueba qué más lo usa, su cable y su estado (smartctl -a).',
    diskUnwritable: (directory, code) => `no se puede escribir en ${directory} (${code})`,
    fixDiskUnwritable:
      'Comprueba que el disco está montado, que no es de solo lectura y que pertenece al usuario que ejecuta Linkcast.',
    newestBackup: (iso) => `la última correcta es del ${moment(iso)}`,
    noBackup: 'no hay ninguna',
    makeBackup: 'Define BACKUP_DIR en .env con una carpeta de otro disco, o ejecuta make backup TO=CARPETA.',
    fixBackup: 'Ejecuta make backup: indica qué falla.',
    backupOnSameDisk: 'BACKUP_DIR está en el disco de los datos. Una carpeta de otro disco sobrevive a su fallo.',
    clockKnown: 'correcto',
    clockOff: (seconds) =>
      `se desvía ${plural(seconds, { one: 'un segundo', many: `${seconds} de segundos`, other: `${seconds} segundos` })}`,
    clockUnknown: 'no se ha podido comparar: Internet no responde',
    fixClock: 'Activa la sincronización horaria: timedatectl set-ntp true',
    noToken: 'sin TELEGRAM_TOKEN: el bot no está en marcha',
    tokenWorks: (name) => `el token es de @${name}`,
    tokenRefused: 'Telegram rechaza el token',
    newToken: 'Pide de nuevo el token a @BotFather y ponlo en .env.',
    telegramAway: 'no se puede conectar con Telegram',
    fixTelegram: 'Comprueba la red y TELEGRAM_API_ROOT.',
    sandboxes: {
      landlock: 'ffmpeg y yt-dlp funcionan aislados con Landlock',
      bubblewrap: 'ffmpeg y yt-dlp funcionan aislados con bubblewrap',
      none: 'ffmpeg y yt-dlp funcionan sin aislamiento en este equipo',
    },
    fixSandbox:
      'Instala bubblewrap (make local lo hace). Si ya está instalado, este sistema no permite espacios de nombres de usuario: docs/decisions/0010-sandbox.md.',
    stackDown: 'no está en marcha',
    stackUp: 'todas las partes funcionan',
    unpatched: (version) => `a ${version} le faltan correcciones de vulnerabilidades conocidas`,
    upgradeNginx: 'sudo apt-get update && sudo apt-get install --only-upgrade nginx',
    fixName: 'Comprueba DDNS_PROVIDER y su clave, o apunta el nombre aquí en el sitio web del proveedor.',
    fixCertificate: 'Ejecuta make cert-staging: intenta obtener un certificado de prueba e indica qué falla.',
    readLogs: 'Consulta make logs o la terminal de make local.',
  },
} satisfies Translation<typeof english>;
