import { z } from 'zod';

/** One setting of a part, as documentation shows it. */
export interface SettingDescription {
  readonly name: string;
  /** Unit and effect, from the schema's `.describe()`. */
  readonly description: string;
  /** The value of an unset setting, as a person would write it: `8G`, `90m`, `90%`. */
  readonly defaultText?: string;
}

/** Describes each key of a schema, in its order. @throws Error for a key without `.describe()`. */
export function describeSettings(schema: z.ZodObject): SettingDescription[] {
  return Object.entries<z.core.$ZodType>(schema.shape).map(([name, field]) => {
    const { description } = z.globalRegistry.get(field) ?? {};
    if (description === undefined) throw new Error(`${name} has no description`);
    const defaultText = findDefault(field);
    return { name, description, ...(defaultText === undefined ? {} : { defaultText }) };
  });
}

/** Finds the default below the layers of a field: optional, default, transform. */
function findDefault(field: z.core.$ZodType): string | undefined {
  const { def } = field._zod as z.core.$ZodTypes['_zod']; // the union that def.type tells apart
  if (def.type === 'default' || def.type === 'prefault') return writeValue(def.defaultValue, findUnit(def.innerType));
  if (def.type === 'optional') return findDefault(def.innerType);
  if (def.type === 'pipe') return findDefault(def.in);
  return undefined;
}

function findUnit(field: z.core.$ZodType): unknown {
  return z.globalRegistry.get(field)?.['unit'];
}

function writeValue(value: unknown, unit: unknown): string | undefined {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.join(', ');
  if (typeof value !== 'number') return String(value) || undefined;
  if (unit === 'bytes') return withLargestUnit(value, { T: 1e12, G: 1e9, M: 1e6, K: 1e3 });
  if (unit === 'seconds') return withLargestUnit(value, { d: 86_400, h: 3600, m: 60, s: 1 });
  if (unit === 'ratio') return `${Math.round(value * 100)}%`;
  return String(value);
}

function withLargestUnit(value: number, units: Readonly<Record<string, number>>): string {
  const found = Object.entries(units).find(([, factor]) => value % factor === 0);
  return found === undefined ? String(value) : `${value / found[1]}${found[0]}`;
}
