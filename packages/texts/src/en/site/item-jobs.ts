/** Texts of the site about jobs that start with the files of an item. */
export const siteItemJobs = {
  itemJobs: {
    makeAudio: 'Make audio',
    anotherQuality: 'Another quality…',
    fetchAgain: 'Fetch again',
    qualityHeading: 'Which quality?',
    qualityHint: 'Only the picture is downloaded. It is added to what is here, and the player offers both.',
    started: 'Started. The queue shows how far it is.',
    present: 'That is in the library already.',
  },
};
