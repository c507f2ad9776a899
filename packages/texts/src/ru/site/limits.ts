import type { siteLimits as english } from '../../en/site/limits.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { bytes, counted, number } = formatsOf('ru');

/** Russian: {@link english}. */
export const siteLimits = {
  limits: {
    heading: 'Лимиты',
    ofPerson: (name) => `Лимиты: ${name}`,
    ofMembers: 'Лимиты участников',
    membersHint: 'Действуют для всех участников, у которых нет своего лимита. У владельцев лимитов нет.',
    entry: 'Лимиты',
    change: 'Изменить лимиты',
    saved: 'Лимиты изменены.',
    names: { jobsPerDay: 'Ссылки за 24 часа', storageBytes: 'Место на диске', openJobs: 'Незавершённые загрузки' },
    amounts: {
      jobsPerDay: 'Число ссылок',
      storageBytes: 'Место в ГБ',
      openJobs: 'Число незавершённых загрузок',
    },
    values: {
      jobsPerDay: (count) =>
        `${counted(count, { one: 'ссылка', few: 'ссылки', many: 'ссылок', other: 'ссылки' })} в день`,
      storageBytes: (size) => bytes(size),
      openJobs: (count) => `незавершённых: ${number(count, 0)}`,
    },
    none: 'Без лимита',
    noneAtAll: 'У участников нет лимитов.',
    own: 'Свой лимит',
    byDefault: (value) => `Как у всех: ${value}`,
    yours: 'Ваши лимиты',
    use: (used, limit) => `${used} из ${limit}`,
  },
} satisfies Translation<typeof english>;
