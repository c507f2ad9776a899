import type { live as english } from '../../en/bot/live.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { deadline } = formatsOf('es');

/** Spanish: {@link english}. */
export const live = {
  since: (at) => `🔴 En directo, grabando desde el ${deadline(at)}`,
  stop: 'Detener',
  stopping: 'La grabación está terminando…',
  stopped: 'La grabación termina ahora y lo grabado se conserva.',
  over: 'Esta grabación ya ha terminado.',
} satisfies Translation<typeof english>;
