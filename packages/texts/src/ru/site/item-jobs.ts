import type { siteItemJobs as english } from '../../en/site/item-jobs.ts';
import type { Translation } from '../../translation.ts';

/** Russian: {@link english}. */
export const siteItemJobs = {
  itemJobs: {
    makeAudio: 'Сделать аудио',
    anotherQuality: 'Другое качество…',
    fetchAgain: 'Загрузить заново',
    qualityHeading: 'Какое качество?',
    qualityHint: 'Загружается только картинка. Она добавится к имеющейся, и в плеере можно будет выбрать любую.',
    started: 'Началось. Ход видно в очереди.',
    present: 'Это уже есть в библиотеке.',
  },
} satisfies Translation<typeof english>;
