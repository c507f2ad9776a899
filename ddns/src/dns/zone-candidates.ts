/** Gives the zones that a name may belong to, longest first: `a.b.example.org`, `b.example.org`, `example.org`. */
export function zoneCandidates(name: string): string[] {
  const labels = name.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}
