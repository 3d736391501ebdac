// What the language of tables refuses: a blueprint or a question that cannot mean anything, on any database. What one
// database cannot do is refused by its dialect.

import { type ErrorOptions, TidemarkError } from '../support/errors.js'
import { didYouMean } from '../support/nearest.js'
import { type TableName, formatTableName } from './table-name.js'

/** Where in a blueprint something was written. */
export interface SchemaSite {
  readonly table?: TableName
  readonly column?: string
  /** The method as the user called it: `default`, `foreign`. */
  readonly method?: string
}

export type SchemaErrorOptions = Omit<ErrorOptions, 'kind'> & { readonly site?: SchemaSite }

/** A description of a table that cannot be carried out, or a name that the database does not know. */
export class SchemaError extends TidemarkError {
  override readonly name: string = 'SchemaError'

  constructor({ site = {}, message, details, ...options }: SchemaErrorOptions) {
    super({
      ...options,
      message: `${siteText(site)}${message}`,
      details: {
        ...(site.table === undefined ? {} : { table: formatTableName(site.table) }),
        ...(site.column === undefined ? {} : { column: site.column }),
        ...(site.method === undefined ? {} : { method: site.method }),
        ...details,
      },
    })
  }
}

/** The error for a column that a table does not have. */
export function noSuchColumn(table: TableName, column: string, known: readonly string[]): SchemaError {
  return new SchemaError({
    code: 'TM_NO_SUCH_COLUMN',
    message: `Table "${formatTableName(table)}" has no column "${column}".${didYouMean(column, known)}`,
    remedy:
      known.length === 0
        ? `Make the table first: schema.create('${formatTableName(table)}', …).`
        : `Use one of its columns: ${known.join(', ')}.`,
    details: { table: formatTableName(table), column },
  })
}

function siteText({ table, column }: SchemaSite): string {
  if (table === undefined) return ''
  const where = `Table "${formatTableName(table)}"`
  return column === undefined ? `${where}: ` : `${where}, column "${column}": `
}
