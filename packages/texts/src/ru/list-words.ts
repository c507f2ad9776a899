import type { listWords as english } from '../en/list-words.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';

const { number } = formatsOf('ru');

/** Russian: {@link english}. */
export const listWords = {
  found: (videos, hasMore) =>
    hasMore
      ? `По этой ссылке список, в нём больше ${number(videos)} видео. За один раз можно добавить первые ${number(videos)}.`
      : `По этой ссылке список: ${number(videos)} видео.`,
  question: 'Что скачать?',
  one: { first: 'Первое видео', chosen: 'Это видео', unknown: 'Одно видео' },
  all: (videos) => `Все ${number(videos)}`,
  firstOf: (videos) => `Первые ${number(videos)}`,
} satisfies Translation<typeof english>;
