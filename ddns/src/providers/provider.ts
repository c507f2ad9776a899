import { z } from 'zod';
import type { Addresses } from '../address/addresses.ts';

/** What came of a write that went well. */
export interface WriteReport {
  /** The provider answers queries with addresses of its own and passes visitors on: DNS cannot tell whether it is right. */
  readonly isProxied: boolean;
}

/** Sets and removes the TXT records of DNS-01 challenges. */
export interface TextRecords {
  set(name: string, value: string, signal: AbortSignal): Promise<void>;
  remove(name: string, value: string, signal: AbortSignal): Promise<void>;
}

/** Where the records of the name are kept. All members throw {@link ProviderFault}. */
export interface NameProvider {
  /** Makes the name lead to these addresses. Records that are right already are not written. */
  write(name: string, addresses: Addresses, signal: AbortSignal): Promise<WriteReport>;
  /** Absent: this provider cannot hold TXT records for us. */
  readonly texts?: TextRecords;
}

/**
 * Why a provider did not do what it was asked to; the message is a sentence for the owner, without any key or address of a
 * request. `permanent`: the same request has no chance until somebody changes something.
 */
export class ProviderFault extends Error {
  override readonly name = 'ProviderFault';
  readonly kind: 'temporary' | 'permanent';
  /** The least time to wait, in milliseconds, where the provider has a rule for it. */
  readonly minWaitMs: number;

  constructor(kind: 'temporary' | 'permanent', sentence: string, minWaitMs = 0) {
    super(sentence);
    this.kind = kind;
    this.minWaitMs = minWaitMs;
  }
}

/** What a provider may remember between starts; kept in a file that only the owner of the process can read. */
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

/** A provider as the registry knows it; made by {@link defineProvider}. */
export interface ProviderDefinition {
  readonly settings: Readonly<Record<string, z.ZodType>>;
  /** Names of the settings that must never be seen. */
  readonly secrets: readonly string[];
  /** What is missing among the settings, or does not fit the name. */
  faults(settings: unknown, name: string): readonly SettingFault[];
  create(settings: unknown, deps: ProviderDeps): NameProvider;
}

interface Definition<S extends z.ZodRawShape> {
  /** Texts that read the same when they are parsed again. */
  readonly settings: S;
  readonly secrets: readonly (keyof S & string)[];
  readonly faults: (settings: z.output<z.ZodObject<S>>, name: string) => readonly SettingFault[];
  readonly create: (settings: z.output<z.ZodObject<S>>, deps: ProviderDeps) => NameProvider;
}

/** Closes the types of a provider's own settings, so that the registry can hold all providers in one list. */
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
