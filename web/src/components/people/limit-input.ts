import { limitNames, type LimitName, type PersonLimits } from '@linkcast/contracts';

/** The choice for one limit: as for all members, none, or one of its own. */
export type LimitMode = 'default' | 'none' | 'own';

/** The fields of one limit in the form. */
export interface LimitInput {
  readonly mode: LimitMode;
  /** As it is typed, in the unit of the field. */
  readonly amount: string;
}

export type LimitInputs = Readonly<Record<LimitName, LimitInput>>;

interface LimitUnit {
  /** The value of 1 in the field: storage is typed in GB. */
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number | 'any';
}

/** The unit of each field, and its range, which is that of the API. */
export const limitUnits: Readonly<Record<LimitName, LimitUnit>> = {
  jobsPerDay: { value: 1, least: 1, most: 1e6, step: 1 },
  storageBytes: { value: 1e9, least: 0.001, most: 1e6, step: 'any' },
  openJobs: { value: 1, least: 1, most: 1e6, step: 1 },
};

/** The inputs that show these limits. */
export function limitInputs(limits: PersonLimits): LimitInputs {
  const inputs = limitNames.map((name): [LimitName, LimitInput] => {
    const limit = limits[name];
    if (limit === undefined) return [name, { mode: 'default', amount: '' }];
    if (limit === null) return [name, { mode: 'none', amount: '' }];
    return [name, { mode: 'own', amount: String(limit / limitUnits[name].value) }];
  });
  return Object.fromEntries(inputs) as Record<LimitName, LimitInput>; // one entry for each of its names
}

/** The limits that were entered; what is as for all members is left out. */
export function enteredLimits(inputs: LimitInputs): PersonLimits {
  const entries = limitNames
    .filter((name) => inputs[name].mode !== 'default')
    .map((name) => {
      const { mode, amount } = inputs[name];
      return [name, mode === 'none' ? null : Math.round(Number(amount) * limitUnits[name].value)];
    });
  return Object.fromEntries(entries) as PersonLimits; // of its names
}
