import { z } from 'zod';

/** One setting, as the docs show it. */
export interface Setting {
  readonly name: string;
  readonly description: string;
  /** The parts that read it, and what each takes when it is unset, as a person would write it. */
  readonly readers: readonly { readonly part: string; readonly defaultText: string | undefined }[];
}

/** The settings of all parts, each once, in the order in which they are first met. The first description counts. */
export function collectSettings(schemas: Readonly<Record<string, z.ZodObject>>): Setting[] {
  const settings = new Map<string, Setting>();
  for (const [part, schema] of Object.entries(schemas)) {
    for (const [name, field] of Object.entries<z.core.$ZodType>(schema.shape)) {
      const known = settings.get(name) ?? { name, description: describe(name, field), readers: [] };
      const reader = { part, defaultText: findDefault(field) };
      settings.set(name, { ...known, readers: [...known.readers, reader] });
    }
  }
  return [...settings.values()];
}

function describe(name: string, field: z.core.$ZodType): string {
  const { description } = z.globalRegistry.get(field) ?? {};
  if (description === undefined) throw new Error(`${name} has no description`);
  return description;
}

/** Looks for a default below the layers of a field: optional, default, transform. */
function findDefault(field: z.core.$ZodType): string | undefined {
  const { def } = field._zod as z.core.$ZodTypes['_zod'];
  if (def.type === 'default' || def.type === 'prefault') return writeValue(def.defaultValue, findUnit(def.innerType));
  if (def.type === 'optional') return findDefault(def.innerType);
  if (def.type === 'pipe') return findDefault(def.in);
  return undefined;
}

function findUnit(field: z.core.$ZodType): unknown {
  return z.globalRegistry.get(field)?.['unit'];
}

/** A parsed value, written as the person would: 8000000000 bytes are `8G`. */
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
