import { formatsOf } from '../../formats/formats.ts';

const { counted, date } = formatsOf('en');

/** Messages of the notices about backups: the condition, its reason, and what to do about it. */
export const backupMessages = {
  'backup-failed-notice': ({ at }: { at: string }) => `The backup of ${date(at)} failed.`,
  'backup-old-notice': ({ days }: { days: number }) =>
    `The newest good backup is ${counted(days, { one: 'day', other: 'days' })} old.`,
  'backup-missing-notice': () => 'BACKUP_DIR is set, but there is no backup yet.',
  'backup-none-notice': () =>
    'There is no backup of this installation. If its disk fails, the library and the list of people are lost.',

  'backup-disk-full': () => 'The disk of the backups is full.',
  'backup-no-database': () => 'There is no database to back up.',
  'backup-no-directory': () => 'BACKUP_DIR does not exist.',
  'backup-not-mounted': () => 'BACKUP_DIR is empty, and it had backups: its disk is probably not mounted.',
  'backup-not-writable': () => 'BACKUP_DIR cannot be written.',
  'backup-media-not-mounted': () =>
    'MEDIA_DIR does not hold the library: its disk is probably not mounted, and the media cannot be backed up.',
  'backup-database-away': () => 'The database is not responding.',
  'backup-database-damaged': () => 'The database is damaged.',
  'backup-took-too-long': () => 'It took too long, and was stopped.',
  'backup-in-progress': () => 'Another backup was in progress.',
  'backup-unexpected': () => 'The log has the reason.',

  'do-make-backup': () =>
    'Set BACKUP_DIR in .env to a directory on another disk and start Linkcast again, or run make backup TO=DIRECTORY from time to time.',
  'do-check-backup': () => 'Check the disk of BACKUP_DIR, then run make backup: it says what fails.',
};
