import { formatsOf } from '../../formats/formats.ts';

const { bytes, counted, list, moment } = formatsOf('en');

/** Results of the checks of `/doctor`, and what to do about the bad ones. */
export const doctorMessages = {
  'runtime-found': ({ version }: { version: string }) => version,
  'runtime-none': () => 'missing; without it, yt-dlp cannot open YouTube',
  'ffmpeg-found': ({ version }: { version: string }) => `${version}, with all encoders`,
  'ffmpeg-none': () => 'missing',
  'ffmpeg-lacks': ({ names }: { names: readonly string[] }) => `lacks ${list(names)}`,
  'sandbox-landlock': () => 'ffmpeg and yt-dlp run in a Landlock sandbox',
  'sandbox-bubblewrap': () => 'ffmpeg and yt-dlp run in a bubblewrap sandbox',
  'sandbox-none': () => 'ffmpeg and yt-dlp run without a sandbox',
  'worker-silent': () => 'unknown: no worker has reported it',
  'disk-speed-measured': ({ bytesPerSecond }: { bytesPerSecond: number }) => `writes ${bytes(bytesPerSecond)} a second`,
  'disk-unwritable': ({ code }: { code: string }) => `MEDIA_DIR cannot be written (${code})`,
  'inodes-enough': () => 'the file system can take many more',
  'inodes-few': ({ count }: { count: number }) =>
    `the file system can take only ${counted(count, { one: 'more file', other: 'more files' })}`,
  'backup-newest': ({ madeAt }: { madeAt: string }) => `the newest good one is of ${moment(madeAt)}`,
  'backup-absent': () => 'there is none',
  'settings-accepted': () => 'all parts respond, so they accept them',
  'parts-silent': ({ names }: { names: readonly string[] }) => `not responding: ${list(names)}`,
  'telegram-token-works': ({ name }: { name: string }) => `the token belongs to @${name}`,
  'clock-right': () => 'is correct',
  'clock-off': ({ seconds }: { seconds: number }) =>
    `is off by ${counted(seconds, { one: 'second', other: 'seconds' })}`,
  'clock-unknown': () => 'could not be compared: no answer from the internet',

  'do-install-runtime': () =>
    'With Docker, run make up: it makes the image anew. Without Docker, run make modules and make downloader.',
  'do-install-ffmpeg': () =>
    "With Docker, run docker compose build --no-cache yt-app, then make up. Without Docker, install Debian's ffmpeg.",
  'do-install-sandbox': () =>
    'Install bubblewrap (make local does). If it is installed, this system does not allow user namespaces: docs/decisions/0010-sandbox.md.',
  'do-check-disk-speed': () =>
    'Downloads wait for this disk. Check what else uses it, its cable and its health (smartctl -a).',
  'do-check-disk': () => 'Check that the disk is mounted, is not read-only, and belongs to the user who runs Linkcast.',
  'do-free-inodes': () => 'Delete media you do not need, or make the file system with more inodes.',
  'do-check-settings': () =>
    'Run make doctor on the server: it names the setting that a part does not accept. Or see make logs.',
  'do-check-router': () =>
    'Forward the ports in the router to this machine, and check the domain name and the firewall.',
  'do-set-clock': () => 'Turn on time synchronisation: timedatectl set-ntp true',
};
