import type { rehearsal as english } from '../en/rehearsal.ts';
import type { Translation } from '../translation.ts';

/** Russian: {@link english}. */
export const rehearsal = {
  starting: (name, challenge) => `Пробую получить тестовый сертификат для ${name} способом ${challenge}…`,
  works: (name, challenge) => `Получилось: сертификат для ${name} можно получить способом ${challenge}.`,
  failed: 'Пока не получается.',
  stopped: 'Остановлено.',
} satisfies Translation<typeof english>;
