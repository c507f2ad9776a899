import { z } from 'zod';

/** One column of a table: its name, and how its value is read from SQL and written to it. */
export interface Column<T> {
  readonly name: string;
  /** Parses the SQL value. */
  readonly schema: z.ZodType<T>;
  write(value: T): unknown;
}

/** A column that holds the value as it is. */
export function column<T>(name: string, schema: z.ZodType<T>): Column<T> {
  return { name, schema, write: (value) => value };
}

/** A boolean, as 0 or 1. */
export function flagColumn(name: string): Column<boolean> {
  return { name, schema: z.number().transform((value) => value === 1), write: Number };
}

/** A value as JSON text; null is NULL. */
export function jsonColumn<T>(name: string, schema: z.ZodType<T>): Column<T> {
  const json = z.string().nullable();
  return {
    name,
    schema: json.transform((text): unknown => (text === null ? null : JSON.parse(text))).pipe(schema),
    write: (value) => (value === null ? null : JSON.stringify(value)),
  };
}

type Columns = Readonly<Record<string, Column<unknown>>>;

/** The record that the columns of a table make. */
export type RecordOf<C extends Columns> = {
  readonly [Key in keyof C]: C[Key] extends Column<infer Value> ? Value : never;
};

/** SQL text, and the values of its parameters by column name. */
export interface Statement {
  readonly sql: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A table whose statements and records are made from its one list of columns. */
export interface Table<Row> {
  /** The record of a row that `*` selected. @throws when a value does not fit its column. */
  read(row: unknown): Row;
  /** Inserts these values. */
  insert(values: Partial<Row>): Statement;
  /** Inserts these values, or writes them into the row with the same `key` column. */
  upsert(values: Partial<Row>, key: string): Statement;
  /** Writes these values into the rows that the condition selects; its parameters are added to the values. */
  update(values: Partial<Row>, where: string): Statement;
}

export function createTable<const C extends Columns>(name: string, columns: C): Table<RecordOf<C>> {
  type Row = RecordOf<C>;
  const sqlRow = z.object(Object.fromEntries(Object.values(columns).map((each) => [each.name, each.schema])));
  const toColumns = (values: Partial<Row>): Record<string, unknown> => {
    const given: [string, unknown][] = Object.entries(values);
    return Object.fromEntries(
      given.flatMap(([key, value]) => {
        const each = columns[key];
        return each ? [[each.name, each.write(value)]] : [];
      }),
    );
  };
  const insert = (values: Partial<Row>): Statement => {
    const written = toColumns(values);
    const names = Object.keys(written);
    const parameters = names.map((each) => `@${each}`);
    return { sql: `INSERT INTO ${name} (${names.join(', ')}) VALUES (${parameters.join(', ')})`, values: written };
  };

  return {
    read(row) {
      const parsed = sqlRow.parse(row);
      const entries = Object.entries(columns).map(([key, each]) => [key, parsed[each.name]]);
      return Object.fromEntries(entries) as Row; // every column was parsed by its own schema
    },
    insert,
    upsert(values, key) {
      const { sql, values: written } = insert(values);
      const assignments = Object.keys(written).map((each) => `${each} = excluded.${each}`);
      return { sql: `${sql} ON CONFLICT (${key}) DO UPDATE SET ${assignments.join(', ')}`, values: written };
    },
    update(values, where) {
      const written = toColumns(values);
      const assignments = Object.keys(written).map((each) => `${each} = @${each}`);
      return { sql: `UPDATE ${name} SET ${assignments.join(', ')} WHERE ${where}`, values: written };
    },
  };
}
