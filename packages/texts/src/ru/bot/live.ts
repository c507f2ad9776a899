import type { live as english } from '../../en/bot/live.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { deadline } = formatsOf('ru');

/** Russian: {@link english}. */
export const live = {
  since: (at) => `🔴 Прямой эфир, запись идёт с ${deadline(at)}`,
  stop: 'Остановить',
  stopping: 'Запись завершается…',
  stopped: 'Запись завершается, записанное сохранится.',
  over: 'Эта запись уже завершена.',
} satisfies Translation<typeof english>;
