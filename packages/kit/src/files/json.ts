/** Parses JSON from outside, or from a file that may be cut off. @returns undefined for invalid JSON, which no schema accepts. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // see above
  }
}
