import type { RequestFault } from '@linkcast/texts';
import { z } from 'zod';
import type { FaultyField } from '../../invalid-request.ts';

const MAX_FAULTS = 20;
const MAX_FIELD_CHARACTERS = 100;

/** The faults that the checks of our own schemas name in `params`. */
const NamedFault = z.object({ fault: z.enum(['codeOrInitData', 'noChange']) });

/** Lists the fields that a schema refused, at most twenty. Quotes no value. */
export function faultsOf(error: z.ZodError): FaultyField[] {
  const fields = error.issues.flatMap(fieldsOf);
  const shown = fields.slice(0, MAX_FAULTS);
  return fields.length > shown.length ? [...shown, { field: '', fault: { code: 'more' } }] : shown;
}

function fieldsOf(issue: z.core.$ZodIssue): FaultyField[] {
  const field = (key?: PropertyKey): string =>
    [...issue.path, ...(key === undefined ? [] : [key])].map(String).join('.').slice(0, MAX_FIELD_CHARACTERS);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: field(key), fault: { code: 'unknown' } }));
  }
  return [{ field: field(), fault: issue.input === undefined ? { code: 'missing' } : faultOf(issue) }];
}

function faultOf(issue: z.core.$ZodIssue): RequestFault {
  switch (issue.code) {
    case 'invalid_type':
      return typeFault(issue);
    case 'invalid_value':
      return { code: 'notOneOf', choices: issue.values.map(String) };
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_format':
      return { code: 'wrongForm' };
    case 'invalid_union':
      return unionFault(issue);
    case 'custom':
      return { code: NamedFault.safeParse(issue.params).data?.fault ?? 'notAccepted' };
    default:
      return { code: 'notAccepted' };
  }
}

function typeFault({ expected }: z.core.$ZodIssueInvalidType): RequestFault {
  switch (expected) {
    case 'string':
      return { code: 'notText' };
    case 'number':
      return { code: 'notNumber' };
    case 'int':
      return { code: 'notWhole' };
    case 'boolean':
      return { code: 'notBoolean' };
    case 'array':
      return { code: 'notList' };
    case 'object':
      return { code: 'notObject' };
    default:
      return { code: 'notAccepted' };
  }
}

/** The options are those of the member that tells the kinds apart; a union without such a member has none. */
function unionFault(issue: z.core.$ZodIssueInvalidUnion): RequestFault {
  const choices = 'options' in issue ? issue.options : undefined;
  return choices ? { code: 'notOneOf', choices: choices.map(String) } : { code: 'notAccepted' };
}

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): RequestFault {
  const least = Number(minimum);
  if (origin === 'string') return { code: 'tooShort', least };
  return { code: inclusive ? 'tooSmall' : 'notAbove', least };
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig): RequestFault {
  const most = Number(maximum);
  if (origin === 'string') return { code: 'tooLong', most };
  return { code: origin === 'array' ? 'tooManyEntries' : 'tooLarge', most };
}
