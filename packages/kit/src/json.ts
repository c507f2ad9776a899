/** Reads JSON that somebody else wrote, or half a file. @returns undefined when it is none, which no schema takes. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // see above
  }
}
