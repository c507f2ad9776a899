/** The first of many names, and a mark where there are more. */
export function firstOf(count: number, names: readonly string[]): string {
  return [...names, ...(count > names.length ? ['…'] : [])].join(', ');
}
