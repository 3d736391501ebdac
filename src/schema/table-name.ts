// A table's name as the user writes it, `users` or `analytics.events`, and as its two parts.

/** A table, view or other object of a database, with the schema it is in where one was named. */
export interface TableName {
  readonly schema: string | undefined
  readonly name: string
}

/** Reads `schema.table` or `table`. */
export function parseTableName(text: string): TableName {
  const dot = text.indexOf('.')
  return dot <= 0 || dot === text.length - 1
    ? { schema: undefined, name: text }
    : { schema: text.slice(0, dot), name: text.slice(dot + 1) }
}

/** The name as the user would write it. */
export function formatTableName(table: TableName): string {
  return table.schema === undefined ? table.name : `${table.schema}.${table.name}`
}
