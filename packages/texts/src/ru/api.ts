import type { api as english } from '../en/api.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';

const { counted, number } = formatsOf('ru');
/** In the genitive, after «не менее» and «не более». */
const characters = (count: number): string =>
  counted(count, { one: 'символа', few: 'символов', many: 'символов', other: 'символа' });
const entries = (count: number): string =>
  counted(count, { one: 'элемента', few: 'элементов', many: 'элементов', other: 'элемента' });

/** Russian: {@link english}. */
export const api = {
  extractingInfo: (reason) => `Error extracting info: ${reason}`,
  cancelled: 'Задание отменено.',
  faults: {
    missing: 'не указано',
    unknown: 'такого поля в этом запросе нет',
    notText: 'должно быть строкой',
    notNumber: 'должно быть числом',
    notWhole: 'должно быть целым числом',
    notBoolean: 'должно быть true или false',
    notList: 'должно быть списком',
    notObject: 'должно быть объектом',
    notOneOf: (choices) => `допустимые значения: ${choices}`,
    tooShort: (least) => `должно содержать не менее ${characters(least)}`,
    tooLong: (most) => `должно содержать не более ${characters(most)}`,
    tooSmall: (least) => `должно быть не меньше ${number(least)}`,
    tooLarge: (most) => `должно быть не больше ${number(most)}`,
    notAbove: (least) => `должно быть больше ${number(least)}`,
    tooManyEntries: (most) => `должно содержать не более ${entries(most)}`,
    wrongForm: 'имеет неверный формат',
    cursor: 'должно быть значением nextCursor этого списка',
    idempotencyKey: 'должно содержать от 1 до 200 печатных символов',
    noChange: 'должно содержать хотя бы одно изменение',
    uploadLength: 'должно быть числом байтов файла: целым и больше нуля',
    uploadMetadata: 'должно состоять из пар имени и значения в base64 через запятую',
    codeOrInitData: 'должно содержать либо code, либо initData',
    notAccepted: 'недопустимое значение',
    more: 'и другие',
  },
  device: {
    browserOn: (browser, system) => `${browser}, ${system}`,
    unknown: 'Неизвестное устройство',
  },
  signInCode: {
    ytAppAway: 'Linkcast не отвечает. Он запущен?',
    refused: 'Linkcast отклоняет запрос. Возможно, этот порт занят другой установкой?',
  },
  moveDatabase: {
    usage:
      'Использование: make move-database ARGS="--to postgres" (в базу из DATABASE_URL) или ARGS="--to sqlite" (в файл).',
    noUrl: 'Не задан DATABASE_URL. Он указывает базу PostgreSQL для обоих направлений.',
    noFile: ({ file }) => `В ${file} нет базы данных, копировать нечего.`,
    inUse: ({ where }) => `${where} сейчас используется. Сначала остановите Linkcast; ничего не изменено.`,
    notEmpty: ({ where }) =>
      `${where} уже содержит данные, они не перезаписываются. Возьмите пустую базу или переместите файл. Ничего не изменено.`,
    moved: 'Все таблицы скопированы, число строк и контрольные суммы совпадают. Прежняя база не изменилась.',
  },
} satisfies Translation<typeof english>;
