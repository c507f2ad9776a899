import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Confinement } from './confinement.ts';
import { encodeFilter } from './filter-program.ts';
import { filterRules } from './filter-rules.ts';
import { AUDIT_ARCHITECTURES, type FilteredArchitecture } from './system-calls.ts';

type Variant = Pick<Confinement, 'network' | 'mayStartPrograms'>;

const made = new Map<string, string>();

/**
 * Path under which a wrapper opens the filter for such a program. The file is made once for each variant and has no
 * name: this process holds it open, so nothing stays behind however the process ends, and no program can find and
 * change it.
 *
 * @throws Error on a processor that the filter is not written for.
 */
export function filterFile(variant: Variant): string {
  const key = `${variant.network} ${variant.mayStartPrograms}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const { arch } = process;
  if (!hasFilterFor(arch)) throw new Error(`no system call filter for ${arch}`);
  const file = `/proc/${process.pid}/fd/${openNameless(encodeFilter(filterRules(variant), arch))}`;
  made.set(key, file);
  return file;
}

/** Node opens files with O_CLOEXEC: programs do not inherit the descriptor. */
function openNameless(content: Buffer): number {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'linkcast-filter-'));
  try {
    const file = path.join(folder, 'filter');
    writeFileSync(file, content, { mode: 0o400 });
    return openSync(file, 'r');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Reports whether there is a filter for a processor (`process.arch`). */
export function hasFilterFor(arch: string): arch is FilteredArchitecture {
  return Object.hasOwn(AUDIT_ARCHITECTURES, arch);
}
