import type { siteCollections as english } from '../../en/site/collections.ts';
import { formatsOf } from '../../formats/formats.ts';
import type { Translation } from '../../translation.ts';

const { counted } = formatsOf('ru');

const items = (count: number): string =>
  counted(count, { one: 'запись', few: 'записи', many: 'записей', other: 'записи' });

/** Russian: {@link english}. */
export const siteCollections = {
  collections: {
    heading: 'Подборки',
    items,
    open: (title) => `Открыть подборку «${title}»`,
    play: 'Воспроизвести',
    more: 'Показать ещё',
    loading: 'Загрузка подборки',
    missingHeading: 'Этой подборки здесь нет',
    missingHint: 'Её удалили, она личная или все её записи в корзине.',
    renameHeading: 'Переименовать подборку',
    makePrivate: 'Сделать личной',
    makeOpen: 'Показывать всем',
    madePrivate: 'Теперь подборка личная. Её записи не изменились.',
    madeOpen: 'Теперь подборку видят все. Её личные записи остаются личными.',
    delete: 'Удалить подборку',
    deleteHeading: 'Удалить подборку?',
    deleteHint: (title) =>
      `Подборка «${title}» будет удалена. Её записи останутся в библиотеке, если вы не переместите их в корзину.`,
    withItems: 'Вместе с записями: переместить в корзину те, которые вам можно удалять',
    deleted: 'Подборка удалена.',
    deletedWith: (count) => `Подборка удалена. В корзину перемещено: ${items(count)}.`,
    partOf: (title) => `Подборка: ${title}`,
    next: (title) => `Дальше: ${title}`,
    rule: 'Правило удаления',
    ruleHint: 'Для записей того, кто добавил список. Оно важнее правил на странице «Хранилище».',
    ruleHeading: (title) => `Записи подборки «${title}»`,
    noRule: 'Своего правила нет: действуют правила на странице «Хранилище».',
    keepLast: (count) => `остаются только последние: ${items(count)}`,
    keepLastField: 'Оставлять только столько записей',
    removeRule: 'Убрать',
  },
} satisfies Translation<typeof english>;
