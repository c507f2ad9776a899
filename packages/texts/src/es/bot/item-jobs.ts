import type { itemJobs as english } from '../../en/bot/item-jobs.ts';
import type { Translation } from '../../translation.ts';

/** Spanish: {@link english}. */
export const itemJobs = {
  makeAudio: '🎵 Crear audio',
  fetchAgain: '⬆️ Volver a descargar',
  started: 'En marcha. Avisaré aquí cuando esté listo.',
  present: 'Ya está en la biblioteca.',
} satisfies Translation<typeof english>;
