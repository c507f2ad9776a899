/** The folder of a target, into which files are written. Paths are relative to it, with `/` between the parts. */
export interface TargetFolder {
  /** Makes a folder, and those above it. */
  makeFolder(folder: string): Promise<void>;
  /** Copies a file of this machine. */
  write(place: string, localFile: string): Promise<void>;
  /** Bytes; undefined: there is no such file. */
  size(place: string): Promise<number | undefined>;
  /** The SHA-256 of a file, in hexadecimal, of what the target gives back. */
  digest(place: string): Promise<string>;
  /** Renames a file, over one that is there. */
  rename(from: string, to: string): Promise<void>;
  /** Deletes a file, if there is one. */
  remove(place: string): Promise<void>;
  /** Ends the connection at once: whatever waits for it fails. */
  close(): void;
}

/** The name of a file together with its folder. */
export function placeIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** The folder, and those above it, the highest first. */
export function foldersAbove(folder: string): string[] {
  const parts = folder.split('/').filter((part) => part !== '');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}
