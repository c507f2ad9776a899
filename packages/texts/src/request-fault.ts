import type { Language } from './language.ts';
import { textsOf } from './texts-of.ts';

/** The reason why a field of a request was refused: a code of `api.faults`, and the facts of its sentence. Quotes no value. */
export type RequestFault =
  | { readonly code: PlainFaultCode }
  | { readonly code: 'notOneOf'; readonly choices: readonly string[] }
  | { readonly code: 'tooShort' | 'tooSmall' | 'notAbove'; readonly least: number }
  | { readonly code: 'tooLong' | 'tooLarge' | 'tooManyEntries'; readonly most: number };

/** The codes without facts. */
type PlainFaultCode =
  | 'missing'
  | 'unknown'
  | 'notText'
  | 'notNumber'
  | 'notWhole'
  | 'notBoolean'
  | 'notList'
  | 'notObject'
  | 'wrongForm'
  | 'cursor'
  | 'idempotencyKey'
  | 'noChange'
  | 'uploadLength'
  | 'uploadMetadata'
  | 'codeOrInitData'
  | 'notAccepted'
  | 'more';

/** The sentence of a fault, to be read after the name of its field. */
export function faultSentence(fault: RequestFault, language: Language): string {
  const { faults } = textsOf(language).api;
  if ('choices' in fault) return faults[fault.code](fault.choices.join(', '));
  if ('least' in fault) return faults[fault.code](fault.least);
  if ('most' in fault) return faults[fault.code](fault.most);
  return faults[fault.code];
}
