/**
 * The shape of a language's texts, from the English ones: the same keys, any string for a string, and a function of the
 * same facts for a function. `satisfies Translation<typeof site>` makes a missing, surplus or misspelt text a compile error.
 */
export type Translation<T> = T extends string
  ? string
  : T extends (...facts: infer F) => string
    ? (...facts: F) => string
    : { readonly [K in keyof T]: Translation<T[K]> };
