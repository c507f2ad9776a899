/** Texts of the bot about jobs that start with the files of an item. */
export const itemJobs = {
  makeAudio: '🎵 Make audio',
  fetchAgain: '⬆️ Fetch again',
  started: 'Started. I report here when it is ready.',
  present: 'That is in the library already.',
};
