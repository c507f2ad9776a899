import type { siteLive as english } from '../../en/site/live.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { moment } = formatsOf('es');

/** Spanish: {@link english}. */
export const siteLive = {
  live: {
    badge: 'En directo',
    atEdge: 'Lo estás viendo en directo.',
    behind: (clock) => `${clock} por detrás del directo`,
    goLive: 'Ir al directo',
    recorded: (clock) => `${clock} grabado hasta ahora`,
    since: (at) => `En directo, grabando desde ${moment(at)}`,
    stop: 'Detener la grabación',
    stopped: 'La grabación termina ahora y lo grabado se conserva.',
    stopping: 'La grabación está terminando…',
    limited: 'La emisión continuó: la grabación terminó al llegar a un límite de este servidor.',
    lost: 'La emisión se interrumpió y no volvió: esto es lo que se grabó.',
  },
} satisfies Translation<typeof english>;
