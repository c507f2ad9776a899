import { formatsOf } from '../formats/formats.ts';

const { bytes, counted, moment, percent, plural } = formatsOf('en');

/** Texts of `make local` and `make doctor`. */
export const ops = {
  inPartUsage:
    'Usage: in-part.sh [--as-owner] PART PROGRAM [ARGUMENT...], such as: in-part.sh --as-owner yt-app sign-in-code',
  portTaken: (port: number, setting: string) =>
    `Port ${port} is in use by another program, or by a Linkcast that is still running. Stop it, or choose another port: ${setting}=${port + 1000} make local`,
  portForbidden: (port: number, setting: string) =>
    `This user may not open port ${port}. Choose one above 1023: ${setting}=8080 make local`,

  local: {
    starting: 'starting; Ctrl-C stops everything',
    stillStarting: 'some parts are not responding yet; see the lines above',
    running: (site: string) => `Linkcast is running: ${site}`,
    signIn: (link: string) => `To sign in as the owner, open this within a day (make sign-in makes another): ${link}`,
    stopHint: 'Ctrl-C stops it.',
    noToken:
      'The bot is not running, because it needs a token: get one from @BotFather, put TELEGRAM_TOKEN=… into .env, and start again.',
    tokenFault: 'Telegram does not accept this token so far. Run make doctor for details.',
    claim: (code: string) =>
      `If the bot has no owner yet, the first person to send it this becomes its owner: /start ${code}`,
    claimLink: (bot: string, code: string) => `or to open https://t.me/${bot}?start=${code}`,
    noSandbox:
      'ffmpeg and yt-dlp run without a sandbox here: a malicious video that exploits one of them can read every file that you can read. Run make doctor to see what to do.',
    badSettings: (part: string) => `${part} does not accept its settings, see above. Stopping everything.`,
  },

  /** Texts of the shell scripts behind make; ops/texts.sh is made from them. Each takes one fact at most, and shows it once. */
  scripts: {
    dockerNeeded:
      'Linkcast needs Docker with Compose 2.20+: https://docs.docker.com/engine/install/ . Without Docker: make local',
    unhealthy: (service: string) => `${service} is unhealthy. Last log lines:`,
    running: (site: string) => `Linkcast is running: ${site}`,
    signIn: (link: string) => `To sign in as the owner, open this within a day (make sign-in makes another): ${link}`,
    becomeOwner: (code: string) => `To become the owner of the bot, send it: /start ${code}`,
    botNeedsToken:
      'The bot is not running, because it needs a token: get one from @BotFather, put TELEGRAM_TOKEN=… into .env, and run make up again.',
    thenBecomeOwner: (code: string) => `Then send it: /start ${code}`,
    databaseNeedsDocker:
      'The database server of COMPOSE_PROFILES=postgres runs in Docker only. Use make up, or set DATABASE_URL to a server of yours.',
    badApiToken: 'API_TOKEN: must be at least 24 of the characters A-Z a-z 0-9 . _ ~ + / = -',
    sharedMediaDir: (entry: string) =>
      `MEDIA_DIR holds other things too (${entry}), so its permissions stay as they are.`,
    fixedPermissions: (directory: string) => `${directory}: its permissions cannot be changed. Check who can read it.`,
    installQuestion: (packages: string) => `Install ${packages} with apt-get? [Y/n] `,
    packagesMissing: (packages: string) =>
      `Missing on this machine (names of Debian packages): ${packages}. Install them, then try again.`,
    nothingInstalled: (packages: string) => `Nothing was installed. Missing: ${packages}.`,
    installing: (packages: string) => `Installing ${packages}`,
    noBackupDir:
      'Where should the backup be? Set BACKUP_DIR in .env to a directory on another disk, or run make backup TO=DIRECTORY',
    nothingToBackUp: 'There is nothing to back up yet: Linkcast was never started here.',
    restoreUsage:
      'Which backup? Run make restore FROM=DIRECTORY with its folder, such as /mnt/backup/2026-11-29T03-00-00Z',
    askPassphrase: 'Passphrase of the backup: ',
    restoreInterrupted: 'A restore was interrupted. Run make restore FROM=… again to complete it.',
    rootNeeded: (packages: string) => `Only root can do this: apt-get install --no-install-recommends ${packages}`,
  },

  doctor: {
    ok: 'ok',
    bad: 'BAD',
    note: '–',
    healthy: 'Everything works.',
    faults: (count: number) => `${counted(count, { one: 'thing needs', other: 'things need' })} attention.`,
    checks: {
      node: 'Node',
      ffmpeg: 'ffmpeg',
      downloader: 'downloader',
      nginx: 'nginx',
      certbot: 'certbot',
      icecast: 'icecast2',
      ezstream: 'ezstream',
      gpgv: 'gpgv',
      sandbox: 'sandbox',
      settings: 'settings',
      ports: 'ports',
      dns: 'DNS',
      certificate: 'certificate',
      disk: 'disk',
      inodes: 'files',
      diskSpeed: 'disk speed',
      backup: 'backup',
      clock: 'clock',
      telegram: 'Telegram',
      stack: 'running stack',
      notice: 'notice',
    },
    missing: 'missing',
    installPackages: 'make local installs it; by hand: sudo apt-get install',
    installNode: 'Run make modules.',
    noEncoder: (names: string) => `lacks ${names}`,
    installFfmpeg: "Install Debian's ffmpeg.",
    tooOld: (version: string, oldest: string) => `${version} is older than ${oldest}`,
    installDownloader: 'Run make downloader.',
    fixSettings: 'Correct .env, or the environment; docs/configuration.md lists every setting.',
    settingsParse: 'every part accepts them',
    portsFree: 'free',
    portsOurs: 'in use by the running stack',
    portsTaken: (list: string) => `in use: ${list}`,
    fixPorts: 'Stop the programs that use them, or set HTTP_PORT, HTTPS_PORT and the other port settings.',
    dnsWorks: 'resolves names',
    dnsFails: (name: string) => `${name} cannot be resolved`,
    fixDns: 'Check the network of this machine and its DNS server (/etc/resolv.conf).',
    certificateOff: 'no DOMAIN_NAME is set',
    certificateAbsent: 'none yet: a running stack obtains one',
    certificateUnreadable: (code: string) => `only the user who runs Linkcast can read it (${code})`,
    certificateDamaged: 'its file is damaged',
    certificateUntil: (iso: string) => `valid until ${moment(iso)}`,
    certificateExpired: (iso: string) => `expired on ${moment(iso)}`,
    disk: (freeBytes: number, usedRatio: number) => `${bytes(freeBytes)} free, ${percent(usedRatio)} used`,
    freeDisk: 'Delete media you do not need, or move MEDIA_DIR to a larger disk.',
    inodesEnough: 'the file system can take many more',
    inodesFew: (free: number) =>
      `the file system can take only ${counted(free, { one: 'more file', other: 'more files' })}`,
    freeInodes: 'Delete media you do not need, or make the file system with more inodes.',
    diskSpeed: (bytesPerSecond: number) => `writes ${bytes(bytesPerSecond)} a second`,
    fixDiskSpeed: 'Downloads wait for this disk. Check what else uses it, its cable and its health (smartctl -a).',
    diskUnwritable: (directory: string, code: string) => `${directory} cannot be written (${code})`,
    fixDiskUnwritable: 'Check that the disk is mounted, is not read-only, and belongs to the user who runs Linkcast.',
    newestBackup: (iso: string) => `the newest good one is of ${moment(iso)}`,
    noBackup: 'there is none',
    makeBackup: 'Set BACKUP_DIR in .env to a directory on another disk, or run make backup TO=DIRECTORY.',
    fixBackup: 'Run make backup: it says what fails.',
    backupOnSameDisk: 'BACKUP_DIR is on the disk of the data. A directory on another disk survives its failure.',
    clockKnown: 'is correct',
    clockOff: (seconds: number) => `is off by ${plural(seconds, { one: 'one second', other: `${seconds} seconds` })}`,
    clockUnknown: 'could not be compared: no answer from the internet',
    fixClock: 'Turn on time synchronisation: timedatectl set-ntp true',
    noToken: 'no TELEGRAM_TOKEN: the bot is not running',
    tokenWorks: (name: string) => `the token belongs to @${name}`,
    tokenRefused: 'Telegram rejects the token',
    newToken: 'Get the token from @BotFather again and put it into .env.',
    telegramAway: 'Telegram cannot be reached',
    fixTelegram: 'Check the network and TELEGRAM_API_ROOT.',
    sandboxes: {
      landlock: 'ffmpeg and yt-dlp run in a Landlock sandbox',
      bubblewrap: 'ffmpeg and yt-dlp run in a bubblewrap sandbox',
      none: 'ffmpeg and yt-dlp run without a sandbox on this machine',
    },
    fixSandbox:
      'Install bubblewrap (make local does). If it is installed, this system does not allow user namespaces: docs/decisions/0010-sandbox.md.',
    stackDown: 'is not running',
    stackUp: 'all parts are healthy',
    unpatched: (version: string) => `${version} lacks fixes for known vulnerabilities`,
    upgradeNginx: 'sudo apt-get update && sudo apt-get install --only-upgrade nginx',
    fixName: "Check DDNS_PROVIDER and its key, or point the name here on the provider's website.",
    fixCertificate: 'Run make cert-staging: it tries to obtain a test certificate and reports what fails.',
    readLogs: 'See make logs, or the terminal of make local.',
  },
};
