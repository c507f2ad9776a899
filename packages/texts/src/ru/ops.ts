import type { ops as english } from '../en/ops.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';

const { bytes, counted, moment, percent, plural } = formatsOf('ru');

/** Russian: {@link english}. */
export const ops = {
  inPartUsage:
    'Использование: in-part.sh [--as-owner] ЧАСТЬ ПРОГРАММА [АРГУМЕНТ...], например: in-part.sh --as-owner yt-app sign-in-code',
  portTaken: (port, setting) =>
    `Порт ${port} занят другой программой или ещё работающим Linkcast. Остановите её или выберите другой порт: ${setting}=${port + 1000} make local`,
  portForbidden: (port, setting) =>
    `Этому пользователю нельзя открыть порт ${port}. Выберите порт выше 1023: ${setting}=8080 make local`,

  local: {
    starting: 'запуск; Ctrl-C останавливает всё',
    stillStarting: 'некоторые части пока не отвечают; смотрите строки выше',
    running: (site) => `Linkcast работает: ${site}`,
    signIn: (link) => `Чтобы войти как владелец, откройте в течение суток (make sign-in создаст новую ссылку): ${link}`,
    stopHint: 'Ctrl-C останавливает его.',
    noToken:
      'Бот не запущен: ему нужен токен. Получите его у @BotFather, запишите TELEGRAM_TOKEN=… в .env и запустите снова.',
    tokenFault: 'Telegram пока не принимает этот токен. Подробности покажет make doctor.',
    claim: (code) => `Если у бота ещё нет владельца, им станет первый, кто отправит ему: /start ${code}`,
    claimLink: (bot, code) => `или откроет https://t.me/${bot}?start=${code}`,
    noSandbox:
      'ffmpeg и yt-dlp работают здесь без изоляции: вредоносное видео, которое использует уязвимость одного из них, сможет прочитать все доступные вам файлы. Что делать, подскажет make doctor.',
    badSettings: (part) => `${part} не принимает свои настройки, смотрите выше. Всё останавливается.`,
  },

  scripts: {
    dockerNeeded:
      'Linkcast нужен Docker с Compose 2.20+: https://docs.docker.com/engine/install/ . Без Docker: make local',
    unhealthy: (service) => `${service} работает неправильно. Последние строки журнала:`,
    running: (site) => `Linkcast запущен: ${site}`,
    signIn: (link) =>
      `Чтобы войти как владелец, откройте эту ссылку в течение суток (make sign-in создаст новую): ${link}`,
    becomeOwner: (code) => `Чтобы стать владельцем бота, отправьте ему: /start ${code}`,
    botNeedsToken:
      'Бот не запущен: ему нужен токен. Получите его у @BotFather, добавьте TELEGRAM_TOKEN=… в .env и снова выполните make up.',
    thenBecomeOwner: (code) => `Затем отправьте боту: /start ${code}`,
    databaseNeedsDocker:
      'Сервер базы данных из COMPOSE_PROFILES=postgres работает только в Docker. Запустите make up или укажите свой сервер в DATABASE_URL.',
    badApiToken: 'API_TOKEN: нужно не меньше 24 символов из набора A-Z a-z 0-9 . _ ~ + / = -',
    sharedMediaDir: (entry) => `В MEDIA_DIR есть и другие файлы (${entry}), поэтому права доступа к нему не меняются.`,
    fixedPermissions: (directory) =>
      `${directory}: не удалось изменить права доступа. Проверьте, кто может его читать.`,
    installQuestion: (packages) => `Установить ${packages} через apt-get? [Y/n] `,
    packagesMissing: (packages) =>
      `На этой машине не хватает пакетов Debian: ${packages}. Установите их и повторите попытку.`,
    nothingInstalled: (packages) => `Ничего не установлено. Не хватает: ${packages}.`,
    installing: (packages) => `Устанавливается: ${packages}`,
    noBackupDir:
      'Где хранить резервную копию? Укажите в .env BACKUP_DIR — папку на другом диске — или выполните make backup TO=ПАПКА',
    nothingToBackUp: 'Копировать пока нечего: Linkcast здесь ещё не запускали.',
    restoreUsage:
      'Какую копию восстановить? Укажите её папку: make restore FROM=ПАПКА, например /mnt/backup/2026-11-29T03-00-00Z',
    askPassphrase: 'Парольная фраза резервной копии: ',
    restoreInterrupted: 'Восстановление было прервано. Чтобы завершить его, выполните make restore FROM=… ещё раз.',
    rootNeeded: (packages) => `Это может сделать только root: apt-get install --no-install-recommends ${packages}`,
  },

  doctor: {
    ok: 'ok',
    bad: 'СБОЙ',
    note: '–',
    healthy: 'Всё работает.',
    faults: (count) =>
      `Требуют внимания: ${counted(count, { one: 'пункт', few: 'пункта', many: 'пунктов', other: 'пункта' })}.`,
    checks: {
      node: 'Node',
      ffmpeg: 'ffmpeg',
      downloader: 'загрузчик',
      nginx: 'nginx',
      certbot: 'certbot',
      icecast: 'icecast2',
      ezstream: 'ezstream',
      gpgv: 'gpgv',
      sandbox: 'изоляция',
      settings: 'настройки',
      ports: 'порты',
      dns: 'DNS',
      certificate: 'сертификат',
      disk: 'диск',
      inodes: 'файлы',
      diskSpeed: 'скорость диска',
      backup: 'резервная копия',
      clock: 'часы',
      telegram: 'Telegram',
      stack: 'запущенная система',
      notice: 'уведомление',
    },
    missing: 'не найдено',
    installPackages: 'установит make local; вручную: sudo apt-get install',
    installNode: 'Выполните make modules.',
    noEncoder: (names) => `не хватает: ${names}`,
    installFfmpeg: 'Установите ffmpeg из Debian.',
    tooOld: (version, oldest) => `${version} старше, чем ${oldest}`,
    installDownloader: 'Выполните make downloader.',
    fixSettings: 'Исправьте .env или переменные окружения; все настройки описаны в docs/configuration.md.',
    settingsParse: 'приняты всеми частями',
    portsFree: 'свободны',
    portsOurs: 'заняты запущенной системой',
    portsTaken: (list) => `заняты: ${list}`,
    fixPorts:
      'Остановите программы, которые их занимают, или измените HTTP_PORT, HTTPS_PORT и другие настройки портов.',
    dnsWorks: 'имена разрешаются',
    dnsFails: (name) => `не удаётся разрешить имя ${name}`,
    fixDns: 'Проверьте сеть этого компьютера и его DNS-сервер (/etc/resolv.conf).',
    certificateOff: 'DOMAIN_NAME не задан',
    certificateAbsent: 'пока нет: запущенная система получит его',
    certificateUnreadable: (code) => `его может прочитать только пользователь, который запускает Linkcast (${code})`,
    certificateDamaged: 'его файл повреждён',
    certificateUntil: (iso) => `действителен до ${moment(iso)}`,
    certificateExpired: (iso) => `истёк ${moment(iso)}`,
    disk: (freeBytes, usedRatio) => `свободно ${bytes(freeBytes)}, занято ${percent(usedRatio)}`,
    freeDisk: 'Удалите ненужные записи или перенесите MEDIA_DIR на диск побольше.',
    inodesEnough: 'в файловой системе хватит места ещё для многих',
    inodesFew: (free) =>
      `в файловой системе осталось места на ${counted(free, { one: 'файл', few: 'файла', many: 'файлов', other: 'файла' })}`,
    freeInodes: 'Удалите ненужные записи или создайте файловую систему с большим числом инодов.',
    diskSpeed: (bytesPerSecond) => `записывает ${bytes(bytesPerSecond)} в секунду`,
    fixDiskSpeed: 'Загрузки ждут этот диск. Проверьте, что ещё его занимает, его кабель и состояние (smartctl -a).',
    diskUnwritable: (directory, code) => `в ${directory} нельзя писать (${code})`,
    fixDiskUnwritable:
      'Проверьте, что диск подключён, доступен для записи и принадлежит пользователю, который запускает Linkcast.',
    newestBackup: (iso) => `последняя исправная: ${moment(iso)}`,
    noBackup: 'её нет',
    makeBackup: 'Укажите в .env BACKUP_DIR — папку на другом диске — или выполните make backup TO=ПАПКА.',
    fixBackup: 'Выполните make backup: команда скажет, что не так.',
    backupOnSameDisk: 'BACKUP_DIR на том же диске, что и данные. Папка на другом диске переживёт его отказ.',
    clockKnown: 'идут верно',
    clockOff: (seconds) =>
      `расходятся на ${plural(seconds, { one: `${seconds} секунду`, few: `${seconds} секунды`, many: `${seconds} секунд`, other: `${seconds} секунды` })}`,
    clockUnknown: 'сравнить не удалось: интернет не отвечает',
    fixClock: 'Включите синхронизацию времени: timedatectl set-ntp true',
    noToken: 'нет TELEGRAM_TOKEN: бот не запущен',
    tokenWorks: (name) => `токен принадлежит @${name}`,
    tokenRefused: 'Telegram отклоняет токен',
    newToken: 'Получите токен у @BotFather заново и запишите его в .env.',
    telegramAway: 'не удаётся связаться с Telegram',
    fixTelegram: 'Проверьте сеть и TELEGRAM_API_ROOT.',
    sandboxes: {
      landlock: 'ffmpeg и yt-dlp изолированы с помощью Landlock',
      bubblewrap: 'ffmpeg и yt-dlp изолированы с помощью bubblewrap',
      none: 'ffmpeg и yt-dlp работают на этом компьютере без изоляции',
    },
    fixSandbox:
      'Установите bubblewrap (это делает make local). Если он установлен, система запрещает пользовательские пространства имён: docs/decisions/0010-sandbox.md.',
    stackDown: 'не запущена',
    stackUp: 'все части работают',
    unpatched: (version) => `в ${version} не исправлены известные уязвимости`,
    upgradeNginx: 'sudo apt-get update && sudo apt-get install --only-upgrade nginx',
    fixName: 'Проверьте DDNS_PROVIDER и его ключ или направьте имя сюда на сайте провайдера.',
    fixCertificate:
      'Выполните make cert-staging: команда попробует получить тестовый сертификат и покажет, что мешает.',
    readLogs: 'Смотрите make logs или терминал make local.',
  },
} satisfies Translation<typeof english>;
