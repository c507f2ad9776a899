import { formatsOf } from '../formats/formats.ts';

const { bytes, counted, date } = formatsOf('en');
const unchanged = 'Nothing was changed.';
const items = (count: number): string => counted(count, { one: 'item', other: 'items' });

/** Texts of `make backup`, `make restore` and `make rebuild`. */
export const backup = {
  made: ({ path, size, count }: { path: string; size: number; count: number }) =>
    `The backup is complete: ${path} (${bytes(size)} without media; ${items(count)} in the library).`,
  secretsEncrypted:
    'The secrets are in it, encrypted. Only BACKUP_PASSPHRASE opens them: keep it in another place, too.',
  secretsLeftOut:
    'The secrets are not in it, such as the token of the bot. With BACKUP_PASSPHRASE they are, encrypted.',
  mediaIncluded: 'The media files are in it.',
  mediaListed: 'The media files are not in it, only a list of them. With INCLUDE_MEDIA=1 they are.',
  deleted: ({ count }: { count: number }) =>
    `${counted(count, { one: 'old backup was', other: 'old backups were' })} deleted (BACKUP_KEEP).`,
  failed: ({ reason }: { reason: string }) => `No backup was made. ${reason}`,

  refused: {
    foreign: ({ path }: { path: string }) =>
      `${path} is not a backup of Linkcast: it has no valid manifest.json. ${unchanged}`,
    damaged: ({ file }: { file: string }) =>
      `This backup is damaged: ${file} is missing, cut short or changed. Use another one. ${unchanged}`,
    newer: `This backup is from a newer version of Linkcast. Update first (git pull), then restore. ${unchanged}`,
    unreadable: ({ file }: { file: string }) =>
      `${file} of this backup cannot be read. Check its permissions and its disk. ${unchanged}`,
  },
  passphraseNeeded: `This backup has encrypted secrets. Give BACKUP_PASSPHRASE=…, or WITHOUT_SECRETS=1 to restore without them. ${unchanged}`,
  wrongPassphrase: `The passphrase does not open the secrets of this backup. Give the right one, or WITHOUT_SECRETS=1 to restore without them. ${unchanged}`,
  unauthenticated: `A passphrase was given, but this backup was made without one or by an earlier version, so anybody who can write its folder may have made it. If you know where it comes from, WITHOUT_SECRETS=1 restores it without secrets. ${unchanged}`,
  settingsUnproved: 'Nothing proves who wrote these settings. Check each one, then remove its # where you want it:',
  inUse: ({ where }: { where: string }) => `Linkcast is running and uses ${where}. Stop it first. ${unchanged}`,
  diskFull: 'The disk of DATA_DIR or of MEDIA_DIR is full. Free some space, then run it again.',
  proved: ({ at, count }: { at: string; count: number }) =>
    `The backup of ${date(at)} is whole: ${items(count)} in the library.`,
  continued: ({ at }: { at: string }) => `The interrupted restore of the backup of ${date(at)} is complete.`,
  mediaRestored: ({ count }: { count: number }) => `${items(count)}: the media files are back in MEDIA_DIR.`,
  secretsRestored: 'The secrets are restored. A token or passphrase in .env takes precedence.',
  secretsKept:
    'The secrets of this installation stay as they are. Set the others again, such as TELEGRAM_TOKEN, in .env.',
  aside: ({ path }: { path: string }) => `What was here before is in ${path}. Delete it when all is well.`,
  restored: 'Everything is restored. Start Linkcast with make up or make local.',
  access:
    'Anyone who was removed or signed out since this backup has access again: check the people and the devices on the site.',

  rebuilt: ({ restored, rebuilt, dropped }: { restored: number; rebuilt: number; dropped: number }) =>
    `The library agrees with the media folders: ${items(restored + rebuilt)} added (${rebuilt} without a readable media.json), ${items(dropped)} without files removed.`,
  keptFolders: ({ count, ids }: { count: number; ids: string }) =>
    `${counted(count, { one: 'folder', other: 'folders' })} could not be identified: ${ids}`,
  mediaMissing: ({ path }: { path: string }) =>
    `${path} is not the library of this database: its marker is missing or another one. Is the disk mounted? ${unchanged}`,
};
