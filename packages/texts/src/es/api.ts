import type { api as english } from '../en/api.ts';
import { formatsOf } from '../formats/formats.ts';
import type { Translation } from '../translation.ts';

const { counted, number } = formatsOf('es');
const characters = (count: number): string =>
  counted(count, { one: 'carácter', many: 'de caracteres', other: 'caracteres' });
const entries = (count: number): string =>
  counted(count, { one: 'elemento', many: 'de elementos', other: 'elementos' });

/** Spanish: {@link english}. */
export const api = {
  extractingInfo: (reason) => `Error extracting info: ${reason}`,
  cancelled: 'La tarea se ha cancelado.',
  faults: {
    missing: 'falta',
    unknown: 'no es un campo de esta petición',
    notText: 'debe ser una cadena de texto',
    notNumber: 'debe ser un número',
    notWhole: 'debe ser un número entero',
    notBoolean: 'debe ser true o false',
    notList: 'debe ser una lista',
    notObject: 'debe ser un objeto',
    notOneOf: (choices) => `debe ser uno de estos valores: ${choices}`,
    tooShort: (least) => `debe tener al menos ${characters(least)}`,
    tooLong: (most) => `debe tener como máximo ${characters(most)}`,
    tooSmall: (least) => `debe ser ${number(least)} como mínimo`,
    tooLarge: (most) => `debe ser ${number(most)} como máximo`,
    notAbove: (least) => `debe ser mayor que ${number(least)}`,
    tooManyEntries: (most) => `debe tener como máximo ${entries(most)}`,
    wrongForm: 'no tiene el formato esperado',
    cursor: 'debe ser el nextCursor de esta lista',
    idempotencyKey: 'debe tener de 1 a 200 caracteres imprimibles',
    noChange: 'debe tener algo que cambiar',
    uploadLength: 'debe ser el número de bytes del archivo, un entero mayor que 0',
    uploadMetadata: 'debe ser una lista de pares de nombre y valor en base64, separados por comas',
    codeOrInitData: 'debe tener code o initData, pero no ambos',
    notAccepted: 'no es válido',
    more: 'y más',
  },
  device: {
    browserOn: (browser, system) => `${browser} en ${system}`,
    unknown: 'Dispositivo desconocido',
  },
  signInCode: {
    ytAppAway: 'Linkcast no responde. ¿Está en marcha?',
    refused: 'Linkcast rechaza la petición. ¿Usa otra instalación este puerto?',
  },
  moveDatabase: {
    usage:
      'Uso: make move-database ARGS="--to postgres" (a la base de datos de DATABASE_URL) o ARGS="--to sqlite" (al archivo).',
    noUrl: 'DATABASE_URL no está configurado. Indica la base de datos PostgreSQL en ambos sentidos.',
    noFile: ({ file }) => `No hay ninguna base de datos en ${file}, así que no hay nada que copiar.`,
    inUse: ({ where }) => `${where} está en uso. Detén Linkcast primero; no se ha cambiado nada.`,
    notEmpty: ({ where }) =>
      `${where} ya contiene datos y no se sobrescriben. Usa una base de datos vacía o aparta el archivo. No se ha cambiado nada.`,
    moved:
      'Se han copiado todas las tablas; el número de filas y los resúmenes coinciden. La base de datos anterior sigue igual.',
  },
} satisfies Translation<typeof english>;
