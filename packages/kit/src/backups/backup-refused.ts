/**
 * The reason why a backup, or one of its files, is not used. `foreign`: not a backup. `damaged`: changed, cut short or
 * missing. `newer`: made by a later version. `unreadable`: the file system refuses it.
 */
export type BackupFault = 'foreign' | 'damaged' | 'newer' | 'unreadable';

export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
  readonly fault: BackupFault;
  /** Name of the file in the backup. */
  readonly file: string;

  constructor(fault: BackupFault, file: string, options?: ErrorOptions) {
    super(`${file}: ${fault}`, options);
    this.fault = fault;
    this.file = file;
  }
}
