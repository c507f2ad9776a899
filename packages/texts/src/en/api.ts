import { formatsOf } from '../formats/formats.ts';

const { counted, number } = formatsOf('en');
const characters = (count: number): string => counted(count, { one: 'character', other: 'characters' });

/** Texts of the API, except problems. */
export const api = {
  /** The ancestor's download call, when the link could not be resolved. `reason` is the problem's sentence. */
  extractingInfo: (reason: string) => `Error extracting info: ${reason}`,
  cancelled: 'The job was cancelled.',
  /** The faults of a request, each after the name of its field. */
  faults: {
    missing: 'is missing',
    unknown: 'is not a field of this request',
    notText: 'must be a string',
    notNumber: 'must be a number',
    notWhole: 'must be a whole number',
    notBoolean: 'must be true or false',
    notList: 'must be a list',
    notObject: 'must be an object',
    notOneOf: (choices: string) => `must be one of: ${choices}`,
    tooShort: (least: number) => `must have at least ${characters(least)}`,
    tooLong: (most: number) => `must have at most ${characters(most)}`,
    tooSmall: (least: number) => `must be at least ${number(least)}`,
    tooLarge: (most: number) => `must be at most ${number(most)}`,
    notAbove: (least: number) => `must be greater than ${number(least)}`,
    tooManyEntries: (most: number) => `must have at most ${counted(most, { one: 'entry', other: 'entries' })}`,
    wrongForm: 'is not in the expected form',
    cursor: 'must be the nextCursor of this list',
    idempotencyKey: 'must be 1 to 200 printable characters',
    noChange: 'must have something to change',
    uploadLength: 'must be the bytes of the file, a whole number above 0',
    uploadMetadata: 'must be pairs of a name and a value in base64, separated by commas',
    codeOrInitData: 'must have either code or initData',
    notAccepted: 'is not accepted',
    more: 'and more',
  },
  /** A signed-in browser in the list of devices. */
  device: {
    browserOn: (browser: string, system: string) => `${browser} on ${system}`,
    unknown: 'Unknown device',
  },
  /** The program that asks for a sign-in code, on the server. */
  signInCode: {
    ytAppAway: 'Linkcast is not responding. Is it running?',
    refused: 'Linkcast rejects the request. Does another installation use this port?',
  },
  moveDatabase: {
    usage:
      'Usage: make move-database ARGS="--to postgres" (into the database of DATABASE_URL) or ARGS="--to sqlite" (into the file).',
    noUrl: 'DATABASE_URL is not set. It names the PostgreSQL database, for either direction.',
    noFile: ({ file }: { file: string }) => `There is no database at ${file}, so there is nothing to copy.`,
    inUse: ({ where }: { where: string }) => `${where} is in use. Stop Linkcast first; nothing was changed.`,
    notEmpty: ({ where }: { where: string }) =>
      `${where} already has rows, and they are not overwritten. Use an empty database, or move the file away. Nothing was changed.`,
    moved: 'All tables are copied, and their counts and digests are equal. The old database is unchanged.',
  },
};
