/** English: the type of every other language. */
export { api } from './api.ts';
export { backup } from './backup.ts';
export { bot } from './bot.ts';
export { checks } from './checks.ts';
export { messages } from './messages.ts';
export { ops } from './ops.ts';
export { problems } from './problems.ts';
export { rehearsal } from './rehearsal.ts';
export { site } from './site.ts';
