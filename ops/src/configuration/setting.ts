import type { SettingDescription } from '@linkcast/kit';

/** One setting, as the docs show it. */
export interface Setting {
  readonly name: string;
  readonly description: string;
  /** The parts that read it, and what each takes when it is unset, as a person would write it. */
  readonly readers: readonly { readonly part: string; readonly defaultText: string | undefined }[];
}

/** The settings of all parts, each once, in the order in which they are first met. The first description counts. */
export function collectSettings(descriptions: Readonly<Record<string, readonly SettingDescription[]>>): Setting[] {
  const settings = new Map<string, Setting>();
  for (const [part, ofPart] of Object.entries(descriptions)) {
    for (const { name, description, defaultText } of ofPart) {
      const known = settings.get(name) ?? { name, description, readers: [] };
      settings.set(name, { ...known, readers: [...known.readers, { part, defaultText }] });
    }
  }
  return [...settings.values()];
}
