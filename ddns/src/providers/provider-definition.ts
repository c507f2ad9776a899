import { z } from 'zod';
import type { NameProvider } from './provider.ts';

/** Values that a provider keeps between starts, in a file that only the owner of the process can read. */
export interface ProviderMemory {
  get(key: string): string | undefined;
  set(key: string, value: string): Promise<void>;
}

export interface ProviderDeps {
  readonly ttlSeconds: number;
  readonly memory: ProviderMemory;
  /** Milliseconds that one request may take. Default 15,000. */
  readonly timeoutMs?: number;
}

export interface SettingFault {
  readonly setting: string;
  readonly message: string;
}

/** A provider as the list of all providers has it; made by {@link defineProvider}. */
export interface ProviderDefinition {
  readonly settings: Readonly<Record<string, z.ZodType>>;
  /** Names of the settings that must never be seen. */
  readonly secrets: readonly string[];
  /** Finds settings that are missing, or do not fit the name. */
  faults(settings: unknown, name: string): readonly SettingFault[];
  create(settings: unknown, deps: ProviderDeps): NameProvider;
}

interface Definition<S extends z.ZodRawShape> {
  /** Schemas whose output parses to itself. */
  readonly settings: S;
  readonly secrets: readonly (keyof S & string)[];
  readonly faults: (settings: z.output<z.ZodObject<S>>, name: string) => readonly SettingFault[];
  readonly create: (settings: z.output<z.ZodObject<S>>, deps: ProviderDeps) => NameProvider;
}

/** Hides the types of a provider's own settings, so that all providers fit in one list. */
export function defineProvider<S extends Record<string, z.ZodType>>(definition: Definition<S>): ProviderDefinition {
  const schema = z.object(definition.settings);
  return {
    settings: definition.settings,
    secrets: definition.secrets,
    faults: (settings, name) => {
      const parsed = schema.safeParse(settings);
      return parsed.success ? definition.faults(parsed.data, name) : []; // those faults are listed already
    },
    create: (settings, deps) => definition.create(schema.parse(settings), deps),
  };
}
