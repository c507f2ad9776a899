/** The version of the bot's tables: the number of its migrations. A restore refuses later ones. */
export const BOT_SCHEMA = 13;
