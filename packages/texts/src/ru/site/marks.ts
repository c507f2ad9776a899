import type { siteMarks as english } from '../../en/site/marks.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted } = formatsOf('ru');

/** Russian: {@link english}. */
export const siteMarks = {
  marks: {
    heading: 'Реклама и заставки',
    hint: 'Для видео с YouTube. У добавленных раньше, чем сервер стал обращаться к SponsorBlock, отметок нет.',
    choice: 'В плеере',
    choices: { off: 'Показывать', offer: 'Предлагать пропуск', skip: 'Пропускать' },
    credit: 'Источник данных:',
    bar: (count) =>
      `Можно пропустить: ${counted(count, { one: 'фрагмент', few: 'фрагмента', many: 'фрагментов', other: 'фрагмента' })}`,
    skip: (name) => `Пропустить: ${name}`,
    undo: (name) => `Пропущено: ${name} · Вернуть`,
    names: {
      sponsor: 'реклама спонсора',
      selfpromo: 'самореклама',
      interaction: 'призыв подписаться',
      intro: 'заставка',
      outro: 'конечная заставка',
      preview: 'анонс или повтор',
      hook: 'приветствие',
      music_offtopic: 'часть без музыки',
    },
  },
} satisfies Translation<typeof english>;
