import type { listWords as english } from '../en/list-words.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';

const { counted, number } = formatsOf('es');
const videosOf = (videos: number): string => counted(videos, { one: 'vídeo', many: 'de vídeos', other: 'vídeos' });

/** Spanish: {@link english}. */
export const listWords = {
  found: (videos, hasMore) =>
    hasMore
      ? `Este enlace es una lista de más de ${videosOf(videos)}. Se pueden añadir a la vez los primeros ${number(videos)}.`
      : `Este enlace es una lista de ${videosOf(videos)}.`,
  question: '¿Cuáles quieres?',
  one: { first: 'El primer vídeo', chosen: 'Este vídeo', unknown: 'Un vídeo' },
  all: (videos) => `Todos (${number(videos)})`,
  firstOf: (videos) => `Los primeros ${number(videos)}`,
} satisfies Translation<typeof english>;
