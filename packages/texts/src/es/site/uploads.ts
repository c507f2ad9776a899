import type { siteUploads as english } from '../../en/site/uploads.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { bytes, percent } = formatsOf('es');

/** Spanish: {@link english}. */
export const siteUploads = {
  uploads: {
    heading: 'Tus propios archivos',
    lead: 'Suelta aquí vídeos o música, o elígelos. Si se pierde la conexión, el envío sigue donde se quedó.',
    choose: 'Elegir archivos',
    list: 'Archivos en camino',
    waiting: 'En espera',
    sending: (sent, total) => `Enviando · ${percent(total > 0 ? sent / total : 0)} · ${bytes(sent)} / ${bytes(total)}`,
    paused: 'En pausa',
    lost: 'Se ha perdido la conexión. El envío sigue solo cuando vuelva.',
    whole: 'Recibido',
    pause: 'Pausar',
    resume: 'Continuar',
    remove: 'Quitar',
    open: 'Ver cómo va',
  },
} satisfies Translation<typeof english>;
