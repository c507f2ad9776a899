/** Texts of the bot about cookies that a person has sent. */
export const cookies = {
  stored: (site: string) => `The cookies of ${site} are stored, encrypted, for your links.`,
  refused: (reason: string) => `The cookies were not stored. ${reason}`,
  tooLarge: 'The cookies were not stored: the file is too large. Those of one site take some kilobytes.',
  deleted: 'I have deleted your message with them.',
  undeleted: 'Please delete your message with them yourself: Telegram did not let me.',
};
