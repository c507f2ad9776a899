import type { siteMarks as english } from '../../en/site/marks.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted } = formatsOf('es');

/** Spanish: {@link english}. */
export const siteMarks = {
  marks: {
    heading: 'Patrocinios e introducciones',
    hint: 'Para vídeos de YouTube. Los que se añadieron antes de que el servidor consultara SponsorBlock no tienen marcas.',
    choice: 'En el reproductor',
    choices: { off: 'Reproducir', offer: 'Ofrecer saltar', skip: 'Saltar' },
    credit: 'Los datos son de',
    bar: (count) => `${counted(count, { one: 'parte', many: 'partes', other: 'partes' })} que se pueden saltar`,
    skip: (name) => `Saltar: ${name}`,
    undo: (name) => `Saltado: ${name} · Deshacer`,
    names: {
      sponsor: 'patrocinio',
      selfpromo: 'autopromoción',
      interaction: 'recordatorio de suscripción',
      intro: 'introducción',
      outro: 'pantalla final',
      preview: 'avance o resumen',
      hook: 'saludo',
      music_offtopic: 'parte sin música',
    },
  },
} satisfies Translation<typeof english>;
