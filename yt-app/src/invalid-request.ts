import { Problem, type FieldFault } from '@linkcast/contracts';
import { faultSentence, type Language, type RequestFault } from '@linkcast/texts';

/** A refused field: its dotted path, empty for the whole body, and the reason. */
export interface FaultyField {
  readonly field: string;
  readonly fault: RequestFault;
}

/** The problem `invalid-request` with its faults, which get their sentences with the answer, in the reader's language. */
export class InvalidRequest extends Problem {
  readonly fields: readonly FaultyField[];

  constructor(fields: readonly FaultyField[]) {
    super('invalid-request');
    this.fields = fields;
  }

  faultsIn(language: Language): FieldFault[] {
    return this.fields.map(({ field, fault }) => ({ field, fault: faultSentence(fault, language) }));
  }
}
