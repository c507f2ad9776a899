import type { FieldFault } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import type { z } from 'zod';

const say = textsOf('en').api.faults;

type Fault = z.infer<typeof FieldFault>;
const MAX_FAULTS = 20;
const MAX_FIELD_CHARACTERS = 100;

/** Lists the fields that a schema refused, at most twenty. Quotes no value. */
export function faultsOf(error: z.ZodError): Fault[] {
  const faults = error.issues.flatMap(faultsOfIssue);
  const shown = faults.slice(0, MAX_FAULTS);
  return faults.length > shown.length ? [...shown, { field: '', fault: say.tooMany }] : shown;
}

function faultsOfIssue(issue: z.core.$ZodIssue): Fault[] {
  const field = (key?: PropertyKey): string =>
    [...issue.path, ...(key === undefined ? [] : [key])].map(String).join('.').slice(0, MAX_FIELD_CHARACTERS);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: field(key), fault: say.unknown }));
  }
  return [{ field: field(), fault: issue.input === undefined ? say.missing : issue.message }];
}
