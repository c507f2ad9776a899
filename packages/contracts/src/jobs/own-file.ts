/**
 * A file that a person gave, instead of a link: uploaded, sent to the bot, or taken from IMPORT_DIR. It waits in a folder of its own
 * on the media volume until its job is ready. The scheme of its source URL is ours alone: no caller can submit such a link.
 */

/** The folder of the files below MEDIA_DIR. */
export const OWN_FILES_FOLDER = '.uploads';

const OWN_FILE_URL = /^upload:\/\/([a-z2-7]{20})$/;

/** The source URL of the file: each is a host of its own, so that no limit for a host applies. */
export function ownFileUrl(id: string): string {
  return `upload://${id}`;
}

/** The id of the file behind a source URL; undefined for a link. */
export function ownFileId(url: string): string | undefined {
  return OWN_FILE_URL.exec(url)?.[1];
}

/** The path of the file below MEDIA_DIR. */
export function ownFilePath(id: string): string {
  return `${OWN_FILES_FOLDER}/${id}/file`;
}
