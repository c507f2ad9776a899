import { firstOf } from '../../first-of.ts';
import { formatsOf } from '../../formats/formats.ts';

const { bytes, counted, date, duration, percent, plural } = formatsOf('en');
const readLogs = 'Run make logs for details.';
const folders = (count: number): string => counted(count, { one: 'folder', other: 'folders' });

/** `ids`: the first of them. */
interface KeptFolders {
  readonly count: number;
  readonly ids: readonly string[];
}

/** Messages of yt-app's notices for owners: each condition, and what to do about it. */
export const noticeMessages = {
  /** An error of a part that came without a message. */
  'reported-error': ({ sentence }: { sentence: string }) => sentence,

  // Name and certificate
  'name-notice': ({ name }: { name: string }) =>
    `There has been a problem with ${name} for more than an hour: it may not point here.`,
  'name-silent-notice': () => 'The DDNS updater has not responded for an hour.',
  'certificate-missing-notice': ({ name }: { name: string }) =>
    `No certificate could be obtained for ${name} for more than an hour. Linkcast will keep trying.`,
  'certificate-due-notice': ({ name, until }: { name: string; until: string }) =>
    `The certificate of ${name} is valid until ${date(until)} and should have been renewed by now. Linkcast will keep trying.`,
  'certificate-last-week-notice': ({ name, days }: { name: string; days: number }) =>
    `The certificate of ${name} expires ${plural(days, { one: 'within a day', other: `in ${days} days` })} and could not be renewed so far.`,
  'certificate-expired-notice': ({ name, until }: { name: string; until: string }) =>
    `The certificate of ${name} expired on ${date(until)}: browsers show a warning.`,
  'certificate-silent-notice': () => 'certbot has not responded for an hour.',

  // The library and its disks
  'library-rebuilt-notice': ({ count }: { count: number }) =>
    `The description of ${counted(count, { one: 'item', other: 'items' })} in the library was damaged. Linkcast restored what the media files contain. The title is "Recovered item" with the date. Only owners see such items until you rename them on the site and show them to everyone.`,
  'items-damaged-notice': ({ count }: { count: number }) =>
    `Files of ${counted(count, { one: 'item', other: 'items' })} in the library are missing, cut short or changed since they were published, or cannot be decoded as a whole. The site marks these items, and Linkcast downloads them again.`,
  'items-lost-notice': ({ count }: { count: number }) =>
    `Files of ${counted(count, { one: 'item', other: 'items' })} in the library are missing, cut short or changed, or cannot be decoded as a whole, and could not be downloaded again. The site marks these items.`,
  'library-kept-notice': ({ count, ids }: KeptFolders) =>
    `${folders(count)} in MEDIA_DIR could not be read: ${firstOf(count, ids)}. Nothing was deleted.`,
  'disk-filling-notice': ({ room, limit }: { room: number; limit: number }) =>
    `The disk of the library is almost full: ${bytes(room)} are left until ${percent(limit)} of it is in use (STORAGE_LIMIT).`,
  'disk-full-notice': ({ limit }: { limit: number }) =>
    `The disk of the library is full: ${percent(limit)} of it is in use (STORAGE_LIMIT). New downloads wait until there is room.`,
  'data-disk-filling-notice': ({ room }: { room: number }) =>
    `The disk of DATA_DIR is almost full: ${bytes(room)} are left.`,
  'data-disk-full-notice': ({ room }: { room: number }) =>
    `The disk of DATA_DIR is full: ${bytes(room)} are left. Soon nothing can be saved.`,

  // Workers and the queue
  'downloader-old-notice': ({ version, days }: { version: string; days: number }) =>
    `yt-dlp ${version} is ${counted(days, { one: 'day', other: 'days' })} old. Sites change all the time, so downloads may fail.`,
  'downloader-missing-notice': () =>
    'No worker has had a safe version of yt-dlp for more than ten minutes, so no job runs.',
  'downloader-rolled-back-notice': ({ version, to }: { version: string; to: string }) =>
    `yt-dlp ${version} failed where ${to} works, so ${to} is in use again. Linkcast takes the next release by itself.`,
  'downloader-altered-notice': ({ version }: { version: string }) =>
    `yt-dlp ${version} was refused: it is not signed by the key of its makers, or its files were altered. The present version stays.`,
  'downloader-unusable-notice': ({ version }: { version: string }) =>
    `yt-dlp ${version} was refused: it failed its trial on this server. The present version stays, and Linkcast tries again once a day.`,
  'downloader-unreachable-notice': () =>
    'Releases of yt-dlp have been out of reach for more than two days. The present version stays.',
  'worker-missing-notice': () => 'No worker has been connected for more than five minutes, so no job runs.',
  'queue-paused-network-notice': () =>
    'Several sites could not be reached within a short time, so this server seems to be offline. Jobs wait and continue by themselves when it is back.',
  'queue-paused-downloader-notice': () =>
    'The downloader fails at several sites, so jobs wait. One of them is tried from time to time; when it succeeds, all continue.',
  'profiles-faulty-notice': ({ count, line }: { count: number; line: number }) =>
    `profiles.yaml has ${counted(count, { one: 'fault', other: 'faults' })}, the first one in line ${line}. The profiles before the change stay in force until Linkcast is restarted.`,
  'cookies-expiring-notice': ({ name, until }: { name: string; until: string }) =>
    `The cookies of ${name} that everybody here uses expire on ${date(until)}.`,
  'cookies-expired-notice': ({ name }: { name: string }) =>
    `The cookies of ${name} that everybody here uses have expired.`,
  'deliveries-failed-notice': ({ name, count }: { name: string; count: number }) =>
    `${counted(count, { one: 'delivery', other: 'deliveries' })} to “${name}” failed for good.`,
  'queue-stuck-notice': ({ count }: { count: number }) =>
    `${counted(count, { one: 'job is', other: 'jobs are' })} waiting and a worker is free, but no job has started for more than 15 minutes.`,

  // The database
  'database-disk-full-notice': () =>
    'The disk of the database is full. What is in the library can be watched, but nothing can be added or changed. Linkcast continues by itself when there is room.',
  'database-read-only-notice': () =>
    'The disk of the database is read-only. What is in the library can be watched, but nothing can be added or changed. Linkcast continues by itself when it can be written again.',
  'database-restored-notice': ({ at, madeAt }: { at: string; madeAt: string }) =>
    `The database was damaged on ${date(at)}. Linkcast restored the backup of ${date(madeAt)} and set the damaged file aside. Lost: people, settings and jobs since then. Items added since then are back, but not who asked for them.`,
  'database-lost-notice': ({ at }: { at: string }) =>
    `The database was damaged on ${date(at)}, and there was no backup. Linkcast rebuilt the library from the media folders and set the damaged file aside. Lost: people, sign-ins, shares, jobs and positions.`,
  'database-failing-notice': () => 'The database is not responding, so nothing can be read or saved.',
  'database-slow-notice': ({ seconds }: { seconds: number }) =>
    `The database has been slow for more than five minutes: the last check took ${duration(seconds)}.`,

  // What to do
  'do-fix-name': () => "Check DDNS_PROVIDER and its key, or point the name here on the provider's website.",
  'do-fix-certificate': () => 'Run make cert-staging: it tries to obtain a test certificate and reports what fails.',
  'do-read-logs': () => readLogs,
  'do-check-item-disk': () => 'Check the disk with make doctor: it may be failing.',
  'do-replace-items': () =>
    'Check the disk with make doctor. Restore the files from a backup of the media, or send the links again: Linkcast downloads them anew. Then delete the damaged items.',
  'do-check-folders': () => 'Check these folders, and delete those you do not need.',
  'do-free-disk': () => 'Delete something from the library and empty the trash, or move MEDIA_DIR to a larger disk.',
  'do-empty-trash': ({ trash }: { trash: number }) =>
    `Empty the trash: what is in it takes ${bytes(trash)}. Or move MEDIA_DIR to a larger disk.`,
  'do-free-data-disk': () => 'Free some space on this disk, or move DATA_DIR to a larger one.',
  'do-update-downloader': () =>
    'Where this server reaches github.com, Linkcast updates yt-dlp by itself; YTDLP_CHANNEL=nightly brings releases daily. To update the installed one with Docker, run docker compose build --no-cache yt-app, then make up. Without Docker, remove .tools/yt-dlp and run make local again.',
  'do-check-releases': () =>
    'Nothing has to be done today. If this lasts, check YTDLP_RELEASES_URL and YTDLP_SIGNED_BY, and report it to the makers of yt-dlp.',
  'do-pin-downloader': () =>
    'Check that this server may reach github.com, or set YTDLP_CHANNEL=pinned to use the installed version on purpose.',
  'do-check-profiles': () => 'The settings page on the site lists all faults of profiles.yaml.',
  'do-check-deliveries': () =>
    'The settings page on the site says why. Retry the deliveries there, or delete the target.',
  'do-renew-cookies': () =>
    'Sign in at the site again, export the cookies, and give them on the settings page or send them to the bot.',
  'do-check-network': () => 'Check the internet connection of this server, and the egress proxy.',
  'do-start-worker': () => `Start Linkcast again with make up or make local. ${readLogs}`,
  'do-write-database-disk': () => 'Free some space on the disk of DATA_DIR, or make it writable again.',
  'do-check-database-loss': ({ file }: { file: string }) =>
    `Check the disk (smartctl): it may be failing. The damaged file is ${file} in DATA_DIR/yt-app; delete it when you miss nothing. This notice ends after two weeks.`,
  'do-check-database': () => `Check that the database server runs, and that its disk has space. ${readLogs}`,
  'do-check-database-load': () => 'Check the load and the disk of the machine that has the database.',
};
