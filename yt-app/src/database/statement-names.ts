/** Names for the statements that repeat: the server parses a named one once for each connection, and keeps its plan. */
export interface StatementNames {
  /** The name of a statement; undefined for one that is rare, so far. */
  nameOf(text: string): string | undefined;
}

/** Uses of a statement without a name. Lists of values of other lengths are other statements: most of them never repeat so often. */
const USES_BEFORE_NAME = 5;
/** The server keeps so many statements for each connection; later ones get no name. */
const MOST_NAMES = 200;
/** Statements without a name whose uses are counted; when there are more, the count starts again. */
const MOST_COUNTED = 1000;

export function createStatementNames(): StatementNames {
  const names = new Map<string, string>();
  const uses = new Map<string, number>();
  const count = (text: string): number => {
    if (uses.size >= MOST_COUNTED) uses.clear();
    const times = (uses.get(text) ?? 0) + 1;
    uses.set(text, times);
    return times;
  };

  return {
    nameOf(text) {
      const known = names.get(text);
      if (known !== undefined) return known;
      if (names.size >= MOST_NAMES || count(text) <= USES_BEFORE_NAME) return undefined;
      const name = `linkcast_${names.size + 1}`;
      names.set(text, name);
      uses.delete(text);
      return name;
    },
  };
}
