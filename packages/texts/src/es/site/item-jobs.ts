import type { siteItemJobs as english } from '../../en/site/item-jobs.ts';
import type { Translation } from '../../translation.ts';

/** Spanish: {@link english}. */
export const siteItemJobs = {
  itemJobs: {
    makeAudio: 'Crear audio',
    anotherQuality: 'Otra calidad…',
    fetchAgain: 'Volver a descargar',
    qualityHeading: '¿Qué calidad?',
    qualityHint: 'Solo se descarga la imagen. Se añade a lo que hay aquí y el reproductor ofrece ambas.',
    started: 'En marcha. La cola muestra cómo va.',
    present: 'Ya está en la biblioteca.',
  },
} satisfies Translation<typeof english>;
