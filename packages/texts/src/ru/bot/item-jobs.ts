import type { itemJobs as english } from '../../en/bot/item-jobs.ts';
import type { Translation } from '../../translation.ts';

/** Russian: {@link english}. */
export const itemJobs = {
  makeAudio: '🎵 Сделать аудио',
  fetchAgain: '⬆️ Загрузить заново',
  started: 'Началось. Я сообщу здесь, когда будет готово.',
  present: 'Это уже есть в библиотеке.',
} satisfies Translation<typeof english>;
