import { createHash } from 'node:crypto';

/** A row of any table, by column name. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** Number of the rows of a table, and a digest that does not depend on their order. */
export interface TableDigest {
  readonly rows: number;
  /** 64 hexadecimal digits. */
  readonly digest: string;
}

/** Adds up rows to a digest: equal sets of rows have equal digests on both databases. */
export interface DigestSum {
  readonly add: (row: StoredRow) => void;
  readonly result: () => TableDigest;
}

const MODULUS = 1n << 256n;

export function createDigestSum(): DigestSum {
  let rows = 0;
  let sum = 0n;

  return {
    add(row) {
      rows += 1;
      sum = (sum + BigInt(`0x${createHash('sha256').update(canonical(row)).digest('hex')}`)) % MODULUS;
    },
    result: () => ({ rows, digest: sum.toString(16).padStart(64, '0') }),
  };
}

function canonical(row: StoredRow): string {
  const names = Object.keys(row).toSorted();
  return JSON.stringify(names.map((name) => [name, canonicalValue(row[name])]));
}

/** The drivers give the same value in different types: a boolean as 0 or 1, a large number as bigint or text of digits. */
function canonicalValue(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return { bytes: value.toString('hex') };
  if (typeof value === 'bigint' || typeof value === 'number') return { number: Number(value) };
  if (typeof value === 'boolean') return { number: Number(value) };
  return value;
}
