const folders = (count: number) => (count === 1 ? '1 folder' : `${count} folders`);
/** The first few of many names, so that the sentence fits into a message. */
const some = (ids: readonly string[]) => (ids.length > 10 ? [...ids.slice(0, 10), '…'] : ids).join(', ');
const items = (count: number) => (count === 1 ? '1 item' : `${count} items`);

/** Texts about the folder of the library: in the health, in chat, and as a title. */
export const library = {
  /** Names of the checks in the health. */
  checks: { volume: 'media volume', library: 'library' },

  volume: {
    present: 'can be written',
    missing: (marker: string) =>
      `MEDIA_DIR does not hold the library: its disk may not be mounted. Nothing is deleted, and no job is taken. To go on with this folder, put an empty file named ${marker} into it; items whose files are not there then leave the list.`,
    foreign: (marker: string) =>
      `MEDIA_DIR holds the library of another installation. Nothing is deleted, and no job is taken. To go on with this folder, empty the file ${marker} in it; items whose files are not there then leave the list.`,
  },

  recovery: {
    /** Of an item whose description was lost. */
    title: (date: string) => `Recovered item ${date}`,
    inOrder: 'in order',
    kept: (ids: readonly string[]) =>
      `${folders(ids.length)} in MEDIA_DIR could not be understood and stay where they are: ${some(ids)}`,
  },

  notices: {
    rebuilt: (count: number) =>
      `The description of ${items(count)} in the library was damaged. I rebuilt what the media files tell; the title is "Recovered item" with the date, and you can rename it on the site.`,
    kept: (ids: readonly string[]) =>
      `${folders(ids.length)} in MEDIA_DIR could not be understood: ${some(ids)}. I deleted nothing. Look into them, and delete those that you do not need.`,
  },
};
