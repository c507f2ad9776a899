/** What the bot says. */
export const bot = {};
