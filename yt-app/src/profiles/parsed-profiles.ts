import { MOST_PROFILE_CHARACTERS, ProfileList, type Profile, type ProfileFault } from '@linkcast/contracts';
import { isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import type { z } from 'zod';

/** The content of `profiles.yaml`, or all its faults. */
export type ParsedProfiles =
  { readonly profiles: readonly Profile[] } | { readonly faults: readonly [ProfileFault, ...ProfileFault[]] };

type Path = readonly PropertyKey[];
/** Line of a place in the text, from 1. */
type LineOf = (offset: number) => number;

const MOST_FAULTS = 100;

/** Parses the text of `profiles.yaml`; an empty one has no profiles. No fault quotes a value: it may be a password. */
export function parseProfiles(text: string): ParsedProfiles {
  if (text.length > MOST_PROFILE_CHARACTERS)
    return failed([{ line: 1, field: '', fault: `must be at most ${MOST_PROFILE_CHARACTERS} characters` }]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true });
  const lineOf: LineOf = (offset) => Math.max(1, lines.linePos(offset).line);
  const faults = [...syntaxFaults(document, lineOf), ...aliasFaults(document, lineOf)];
  if (faults.length > 0) return failed(faults);
  if (document.contents === null) return { profiles: [] };
  const parsed = ProfileList.safeParse(document.toJS(), { reportInput: true });
  if (!parsed.success) return failed(parsed.error.issues.flatMap((issue) => faultsOf(issue, document, lineOf)));
  const repeated = repeatedHosts(parsed.data, document, lineOf);
  return repeated.length > 0 ? failed(repeated) : parsed.data;
}

function failed(faults: readonly ProfileFault[]): ParsedProfiles {
  const [first, ...others] = faults.toSorted((one, other) => one.line - other.line).slice(0, MOST_FAULTS);
  return { faults: [first ?? { line: 1, field: '', fault: 'cannot be read' }, ...others] };
}

function syntaxFaults({ errors, warnings }: Document, lineOf: LineOf): ProfileFault[] {
  return [...errors, ...warnings].map(({ code, pos }) => ({
    line: lineOf(pos[0]),
    field: '',
    fault: `is not YAML (${code.toLowerCase().replaceAll('_', ' ')})`,
  }));
}

/** An alias may stand for a thousand copies of a part. */
function aliasFaults(document: Document, lineOf: LineOf): ProfileFault[] {
  const faults: ProfileFault[] = [];
  visit(document, {
    Alias: (_key, node) =>
      void faults.push({ line: lineOf(node.range?.[0] ?? 0), field: '', fault: 'aliases are not supported' }),
  });
  return faults;
}

function faultsOf(issue: z.core.$ZodIssue, document: Document, lineOf: LineOf): ProfileFault[] {
  const faultAt = (path: Path, fault: string): ProfileFault => ({
    line: lineOf(offsetOf(document, path)),
    field: path.map(String).join('.').slice(0, 100),
    fault,
  });
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => faultAt([...issue.path, key], 'is unknown'));
  return [faultAt(issue.path, issue.input === undefined ? 'is missing' : issue.message)];
}

/** The place of a value, or of the nearest part around it that is there; of an entry of a map, its name. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true) ?? document.contents;
    const key = path[length - 1];
    const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    const node = pair?.key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function repeatedHosts({ profiles }: ProfileList, document: Document, lineOf: LineOf): ProfileFault[] {
  const seen = new Set<string>();
  return profiles.flatMap(({ hosts }, profile) =>
    hosts.flatMap((host, index) => {
      const isRepeated = seen.has(host);
      seen.add(host);
      const path = ['profiles', profile, 'hosts', index];
      return isRepeated
        ? [{ line: lineOf(offsetOf(document, path)), field: path.join('.'), fault: 'has a profile already' }]
        : [];
    }),
  );
}
