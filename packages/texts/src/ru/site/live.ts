import type { siteLive as english } from '../../en/site/live.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { moment } = formatsOf('ru');

/** Russian: {@link english}. */
export const siteLive = {
  live: {
    badge: 'Прямой эфир',
    atEdge: 'Вы смотрите прямой эфир.',
    behind: (clock) => `отставание от эфира: ${clock}`,
    goLive: 'К прямому эфиру',
    recorded: (clock) => `записано ${clock}`,
    since: (at) => `Прямой эфир, запись идёт с ${moment(at)}`,
    stop: 'Остановить запись',
    stopped: 'Запись завершается, записанное сохранится.',
    stopping: 'Запись завершается…',
    limited: 'Эфир продолжался: запись закончилась, достигнув ограничения этого сервера.',
    lost: 'Эфир прервался и не возобновился: это то, что успело записаться.',
  },
} satisfies Translation<typeof english>;
