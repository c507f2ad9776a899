/** A link that opens the bot, with a button that sends it `/start <code>`. */
export function telegramUrl(botName: string, code: string): string {
  return `https://t.me/${encodeURIComponent(botName)}?start=${code}`;
}
