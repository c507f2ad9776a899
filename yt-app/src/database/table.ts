import { z } from 'zod';

/** One column of a table: its name, and how its value is read from SQL and written to it. */
export interface Column<Name extends string = string, Value = unknown, Sql = unknown> {
  readonly name: Name;
  /** Parses the SQL value. */
  readonly schema: z.ZodType<Value>;
  write(value: Value): Sql;
}

/** A column that holds the value as it is. */
export function column<const Name extends string, T>(name: Name, schema: z.ZodType<T>): Column<Name, T, T> {
  return { name, schema, write: (value) => value };
}

/** A boolean, as 0 or 1. */
export function flagColumn<const Name extends string>(name: Name): Column<Name, boolean, number> {
  return { name, schema: z.number().transform((value) => value === 1), write: Number };
}

/** A value as JSON text; null is NULL. */
export function jsonColumn<const Name extends string, T>(
  name: Name,
  schema: z.ZodType<T>,
): Column<Name, T, string | null> {
  const json = z.string().nullable();
  return {
    name,
    schema: json.transform((text): unknown => (text === null ? null : JSON.parse(text))).pipe(schema),
    write: (value) => (value === null ? null : JSON.stringify(value)),
  };
}

type Columns = Readonly<Record<string, Column>>;

/** The record that the columns of a table make. */
export type RecordOf<C extends Columns> = {
  readonly [Key in keyof C]: C[Key] extends Column<string, infer Value> ? Value : never;
};

/** The row that the columns of a table make in SQL, as Kysely's queries see it. */
export type SqlRowOf<C extends Columns> = {
  [Key in keyof C as C[Key]['name']]: ReturnType<C[Key]['write']>;
};

/** A table whose records and rows are made from its one list of columns. */
export interface Table<Row, SqlRow> {
  /** The record of a row with all columns. @throws when a value does not fit its column. */
  readonly read: (row: unknown) => Row;
  /** The record of the first row of a query; undefined when there is none. */
  readonly readOne: (query: RowQuery) => Promise<Row | undefined>;
  readonly readAll: (query: RowQuery) => Promise<Row[]>;
  /** The names of all columns, for a query on a table that has further ones. */
  readonly names: (keyof SqlRow & string)[];
  /** These values by column name, as SQL has them. */
  readonly write: (values: Partial<Row>) => Partial<SqlRow>;
  /** The same for a new row: the columns that are left out have a default. */
  readonly writeNew: (values: Partial<Row>) => SqlRow;
}

/** A query whose rows have all columns of a table. */
interface RowQuery {
  execute(): Promise<object[]>;
}

export function createTable<const C extends Columns>(columns: C): Table<RecordOf<C>, SqlRowOf<C>> {
  type Row = RecordOf<C>;
  type SqlRow = SqlRowOf<C>;
  const list: [key: string, Column][] = Object.entries(columns);
  const sqlRow = z.object(Object.fromEntries(list.map(([, { name, schema }]) => [name, schema])));
  const write = (values: Partial<Row>): Partial<SqlRow> => {
    const given: [string, unknown][] = Object.entries(values);
    const written = given.flatMap(([key, value]): [string, unknown][] => {
      const each = columns[key];
      return each ? [[each.name, each.write(value)]] : [];
    });
    return Object.fromEntries(written) as Partial<SqlRow>; // by the names of the same columns
  };

  const read = (row: unknown): Row => {
    const parsed: Readonly<Record<string, unknown>> = sqlRow.parse(row);
    const record: Record<string, unknown> = {};
    for (const [key, { name }] of list) record[key] = parsed[name];
    return record as Row; // each was parsed by its own schema
  };
  const readAll = async (query: RowQuery): Promise<Row[]> => (await query.execute()).map(read);

  return {
    read,
    readAll,
    readOne: async (query) => (await readAll(query))[0],
    write,
    names: list.map(([, { name }]) => name as keyof SqlRow & string), // of the same columns
    writeNew: (values) => write(values) as unknown as SqlRow, // what is missing is set by the database
  };
}
