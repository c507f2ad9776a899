const NAME = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z$/;

/** The name of the folder of a backup: its time in UTC, such as `2026-11-29T12-04-19Z`. Names sort by time. */
export function backupName(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-'); // file systems of other machines have no colons
}

/** Reports whether an entry of BACKUP_DIR has the name of a backup. One that is being written has another name. */
export function isBackupName(name: string): boolean {
  return NAME.test(name);
}
