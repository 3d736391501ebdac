// What a database itself says of a table, read past Tidemark's catalogue, and the same out of a snapshot: the two must
// be equal. A dialect that joins adds its reader.

import type { DialectName } from '../../../src/schema/dialect-name.js'
import type { Session } from '../../../src/dialects/dialect.js'
import type { TableSnapshot } from '../../../src/schema/snapshot.js'
import { mysqlFacts } from './facts-mysql.js'
import { postgresFacts } from './facts-postgres.js'

export interface TableFacts {
  /** Name, type, nullable, default. */
  readonly columns: readonly (readonly [string, string, boolean, string | null])[]
  readonly primaryKey: readonly string[]
  /** Name, columns (null for an expression), unique, partial; sorted by name. */
  readonly indexes: readonly (readonly [string, readonly (string | null)[], boolean, boolean])[]
  /** Column, table, column, on update, on delete; sorted. */
  readonly foreignKeys: readonly string[]
}

type ReadFacts = (session: Session, table: string) => Promise<TableFacts>

/** The readers, by dialect. */
export const readFacts: Partial<Readonly<Record<DialectName, ReadFacts>>> = {
  sqlite: sqliteFacts,
  postgres: postgresFacts,
  mysql: mysqlFacts,
  mariadb: mysqlFacts,
}

export function factsOf(table: TableSnapshot): TableFacts {
  return {
    columns: table.columns.map(({ name, type, nullable, default: value }) => [
      name,
      type,
      nullable,
      value ?? null,
    ]),
    primaryKey: table.primaryKey?.columns ?? [],
    indexes: table.indexes.map(({ name, columns, unique, where }) => [
      name,
      columns.map(({ column }) => column ?? null),
      unique,
      where !== undefined,
    ]),
    foreignKeys: table.foreignKeys
      .flatMap((key) =>
        key.columns.map((column, place) =>
          factOfKey(column, key.foreignTable.name, key.foreignColumns[place], key.onUpdate, key.onDelete),
        ),
      )
      .sort(),
  }
}

/** By SQLite's pragmas. */
async function sqliteFacts(session: Session, table: string): Promise<TableFacts> {
  const columns = await session.query('select * from pragma_table_xinfo(?)', [table])
  const key = await session.query('select name from pragma_table_xinfo(?) where pk > 0 order by pk', [table])
  const indexes = await session.query(
    "select * from pragma_index_list(?) where origin <> 'pk' order by name",
    [table],
  )
  const keys = await session.query('select * from pragma_foreign_key_list(?)', [table])
  return {
    columns: columns.map(({ name, type, notnull, dflt_value: value }) => [
      text(name),
      text(type).toLowerCase(),
      Number(notnull) === 0,
      value === null ? null : text(value),
    ]),
    primaryKey: key.map(({ name }) => text(name)),
    indexes: await Promise.all(
      indexes.map(async ({ name, unique, partial }) => {
        const parts = await session.query('select name from pragma_index_info(?)', [text(name)])
        const names = parts.map((part) => (part['name'] === null ? null : text(part['name'])))
        return [text(name), names, Number(unique) === 1, Number(partial) === 1] as const
      }),
    ),
    foreignKeys: keys
      .map((row) => factOfKey(row['from'], row['table'], row['to'], row['on_update'], row['on_delete']))
      .sort(),
  }
}

function factOfKey(...parts: readonly unknown[]): string {
  return parts.map((part) => text(part).toLowerCase()).join(' ')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
